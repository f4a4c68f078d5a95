import { expect } from 'chai';
import { SyncError } from '../../server/errors/SyncError.js';
import { MINUTE } from '../../server/schedule/zone.js';
import { newRequestId, testSite } from '../engine/TestSite.js';

describe('A synchronization that fails', () => {
  const site = testSite();
  const unreachable = new SyncError('UpstreamUnreachable', { url: 'http://up', reason: 'no name' });

  async function sent(count: number): Promise<readonly string[]> {
    while (site().sent.length < count) await new Promise((resolve) => setImmediate(resolve));
    return site().sent.map(({ alerts }) => alerts.map(({ state, kind }) => `${state} ${kind}`).join());
  }

  it('reaches its subscribers without a tick of the clock, and so does the success after it', async () => {
    const { service, source } = site();
    await site().set({ enableSyncFailureAlert: true });
    const asked = { requestId: newRequestId(), name: 'On call', emailAddresses: ['oncall@contoso.com'] };
    const { subscription, warnings } = await service['subscription/add'](asked, site().request());
    expect(subscription).to.include({ ID: 1, Name: 'On call', LocaleID: 1033 });
    expect(warnings[0]).to.match(/^No mail is sent: the site has no mail server/);
    source.onOpen = async () => Promise.reject(unreachable);
    await site().sync();
    expect(await sent(1)).to.deep.equal(['Raised SyncFailure']);
    expect(site().sent[0]?.alerts[0]?.cause).to.match(/^UpstreamUnreachable: /);
    expect(site().sent[0]?.alerts[0]?.nextStep).to.not.equal('');
    source.onOpen = async () => Promise.resolve();
    site().clock += 6 * MINUTE;
    await site().sync();
    expect((await sent(2))[1]).to.contain('Resolved SyncFailure');
  });

  it('is told within a minute of the clock, also of another alert while the next synchronization runs', async () => {
    const { service, source } = site();
    await site().set({ enableSyncFailureAlert: true });
    const asked = { requestId: newRequestId(), name: 'On call', emailAddresses: ['oncall@contoso.com'] };
    await service['subscription/add'](asked, site().request());
    source.onOpen = async () => Promise.reject(unreachable);
    await site().sync();
    await sent(1);
    expect(site().clock - (site().sent[0]?.alerts[0]?.at ?? 0)).to.be.within(0, MINUTE);
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const opened = new Promise<void>((resolve) => {
      source.onOpen = async () => {
        resolve();
        await held;
      };
    });
    const { run } = await site().start();
    await opened;
    // A look that is under way has its time already.
    await site().alerts.look();
    site().clock += 6 * MINUTE;
    site().freeBytes = 1e9;
    await site().alerts.look();
    expect((await sent(2))[1]).to.contain('Raised DiskNearlyFull');
    expect(site().clock - (site().sent[1]?.alerts[0]?.at ?? 0)).to.be.within(0, MINUTE);
    expect(site().runner.current?.Id, 'it runs still').to.equal(run.Id);
    release();
    await site().wait(run.Id);
  });
});
