import { expect } from 'chai';
import { isAskedAfterSync } from '../../server/site/askedAfterSync.js';

describe('site: the after-sync command that somebody vouches for', () => {
  const mine = { command: '/opt/tell', arguments: ['a'] };

  it('is what was asked for in full, and answered as it was', () => {
    const asked = { afterSyncCommand: '/opt/tell', afterSyncArgument: ['a'] };
    expect(isAskedAfterSync(asked, mine)).to.equal(true);
    expect(isAskedAfterSync(asked, { ...mine, command: '/opt/evil' })).to.equal(false);
    expect(isAskedAfterSync(asked, { ...mine, arguments: ['a', '-x'] })).to.equal(false);
    expect(isAskedAfterSync({ afterSyncCommand: '' }, { command: '', arguments: [] })).to.equal(true);
  });

  it('of a command alone has no arguments but those that were vouched for with it', () => {
    const asked = { afterSyncCommand: '/opt/tell' };
    expect(isAskedAfterSync(asked, { ...mine, arguments: [] })).to.equal(true);
    expect(isAskedAfterSync(asked, mine)).to.equal(false);
    expect(isAskedAfterSync(asked, mine, { command: '/opt/other', arguments: ['a'] })).to.equal(false);
    expect(isAskedAfterSync(asked, mine, mine)).to.equal(true);
    expect(isAskedAfterSync(asked, { ...mine, arguments: ['-x'] }, mine)).to.equal(false);
  });

  it('of arguments alone is the one that was vouched for', () => {
    const asked = { afterSyncArgument: ['b'] };
    const now = { command: '/opt/tell', arguments: ['b'] };
    expect(isAskedAfterSync(asked, now, mine)).to.equal(true);
    expect(isAskedAfterSync(asked, now)).to.equal(false);
    expect(isAskedAfterSync(asked, { ...now, command: '/opt/evil' }, mine)).to.equal(false);
    expect(isAskedAfterSync(asked, mine, mine)).to.equal(false);
  });
});
