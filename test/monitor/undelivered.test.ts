import { expect } from 'chai';
import { undelivered } from '../../server/monitor/siteFindings.js';
import { EMPTY_OUTBOX } from '../../server/state/outboxFacts.js';

describe('Alerts that do not arrive', () => {
  const mail = { name: 'a@b.c', reason: 'The mail server m:25 said: 550 no' };

  it('are named with the receiver, the reason and what to do', () => {
    const outbox = { waiting: 3, failing: { ...mail, name: 'the webhook of Channel' }, dead: 2, lost: mail };
    expect(undelivered({ outbox, keeper: 'Service' })).to.deep.equal([
      '2 alerts could not be delivered to a@b.c: The mail server m:25 said: 550 no. Test it with ' +
        'Test-CMSyncAlertSubscription (configmgrsync subscription test).',
      'Alerts cannot be delivered to the webhook of Channel yet: The mail server m:25 said: 550 no. Test it with ' +
        'Test-CMSyncAlertSubscription (configmgrsync subscription test).',
    ]);
  });

  it('wait for an engine that stays, and nothing is said where nothing waits', () => {
    const outbox = { ...EMPTY_OUTBOX, waiting: 1 };
    expect(undelivered({ outbox, keeper: 'None' })).to.deep.equal([
      'An alert will be delivered only while an engine runs: no service is installed. Install the service with ' +
        'Install-CMSyncService (configmgrsync service install).',
    ]);
    expect(undelivered({ outbox, keeper: 'Service' })).to.deep.equal([]);
    expect(undelivered({ outbox: EMPTY_OUTBOX, keeper: 'None' })).to.deep.equal([]);
  });
});
