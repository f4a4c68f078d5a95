import { expect } from 'chai';
import { keepAdvice, keeperOf, whyUnkept } from '../../server/state/keeper.js';

describe('who keeps the times of a site', () => {
  it('is the service alone; one that is installed and does not run is named, with how to start it', () => {
    expect([keeperOf(true, true), keeperOf(true, false), whyUnkept('Service')]).to.deep.equal([
      'Service',
      'Service',
      undefined,
    ]);
    expect(keeperOf(false, true)).to.equal('Stopped');
    expect([whyUnkept('Stopped'), keepAdvice('Stopped')]).to.deep.equal([
      'its service does not run',
      'Start the service with Start-CMSyncService (configmgrsync service start).',
    ]);
    expect(keeperOf(false, false)).to.equal('None');
    expect(keepAdvice('None')).to.contain('Install-CMSyncService');
  });
});
