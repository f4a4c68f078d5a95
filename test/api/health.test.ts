import { expect } from 'chai';
import type { Health, Run } from '../../server/contract/generated/types.js';
import { SyncError } from '../../server/errors/SyncError.js';
import { HOUR, DAY } from '../../server/schedule/zone.js';
import { STORED_REASON } from '../../server/criteria/decideRun.js';
import { runChange } from '../../server/state/storedRuns.js';
import { update } from '../engine/catalogue.js';
import { newRequestId, testSite } from '../engine/TestSite.js';

describe('The health of a site, as it is stored', () => {
  const site = testSite();
  const health = async (): Promise<Health> => site().service['health/get']({}, site().request());
  const fails = async (): Promise<void> =>
    Promise.reject(new SyncError('UpstreamConnectionCut', { url: 'http://up.test', reason: 'ECONNRESET' }));

  it('stays failed while it is tried again, in the row that is reported too', async () => {
    site().source.put(update(1));
    await site().set({ schedule: '0001200000100008' });
    await site().sync();
    expect((await health()).Status).to.equal('Well');
    site().clock += 2 * DAY;
    site().source.onOpen = fails;
    const failed = await site().sync();
    site().clock += HOUR;
    const { opened, open } = heldOpen();
    const { run } = await site().start();
    await opened;
    expect(await site().status()).to.include({
      LastSyncState: 6704,
      LastSyncErrorCode: 0,
      LastSyncErrorId: failed.ErrorId,
      LastSyncErrorMessage: failed.ErrorMessage,
    });
    const during = await health();
    expect(during).to.include({
      Status: 'Degraded',
      Summary:
        'The software update point is not in step; cs1.test last succeeded 2 days ago, synchronizes now, and failed ' +
        `at its last attempt: ${failed.ErrorMessage ?? ''}`,
    });
    expect(during.SoftwareUpdatePoints[0]).to.include({ InStep: false, LastError: failed.ErrorMessage });
    open();
    await site().wait(run.Id);
    expect(await site().status()).to.include({ LastSyncState: 6702, LastSyncErrorId: '' });
    expect((await health()).Status).to.equal('Well');
  });

  it('counts failures from the first one on, whatever was stopped in between', async () => {
    await site().set({ schedule: '0001200000100008' });
    await site().sync();
    site().source.onOpen = fails;
    await site().sync();
    site().clock += 25 * HOUR;
    const stopped = await stoppedRun();
    expect(stopped.State).to.equal('Cancelled');
    site().source.onOpen = fails;
    await site().sync();
    expect((await health()).Status).to.equal('Broken');
  });

  it('counts failures from the first one on, however often it was tried', async () => {
    await site().set({ schedule: '0001200000100008' });
    const first = await site().sync();
    for (const ago of [3 * DAY, ...Array.from({ length: 45 }, () => HOUR)]) await storeRun(first, 'Failed', ago);
    site().source.onOpen = fails;
    await site().sync();
    expect((await health()).Status).to.equal('Broken');
  });

  it('finds what was brought however often what was there was evaluated', async () => {
    site().source.put(update(1));
    const first = await site().sync();
    await site().set({ synchronizeAction: 'DoNotSynchronizeFromMicrosoftUpdateOrUpstreamDataSource' });
    for (let count = 0; count < 101; count += 1) await storeRun({ ...first, Reason: STORED_REASON }, 'Succeeded', 0);
    const Reason = 'the site has no synchronization source and evaluates what it has';
    site().clock += 36 * DAY;
    await storeRun({ ...first, Reason }, 'Succeeded', 0);
    expect((await health()).Actions).to.deep.equal(['cs1.test has no source and has imported nothing for 36 days.']);
  });

  it('counts from what was brought where there is no source, not from what was evaluated', async () => {
    site().source.put(update(1));
    await site().sync();
    await site().set({ synchronizeAction: 'DoNotSynchronizeFromMicrosoftUpdateOrUpstreamDataSource' });
    site().clock += 36 * DAY;
    expect(await site().sync()).to.include({ Succeeded: true });
    expect((await health()).Actions).to.deep.equal(['cs1.test has no source and has imported nothing for 36 days.']);
  });

  /** As if it had run so long ago. */
  async function storeRun(like: Run, state: Run['State'], ago: number): Promise<void> {
    const { database, now } = site().context;
    const { run: id } = await database.nextIds();
    const time = new Date(now().getTime() - ago).toISOString();
    await database.commit(runChange({ ...like, Id: id, State: state, StartTime: time, EndTime: time }));
  }

  async function stoppedRun(): Promise<Run> {
    const { opened, open } = heldOpen();
    const { run } = await site().start();
    await opened;
    const stopped = site().service['run/stop']({ requestId: newRequestId(), id: run.Id }, site().request());
    open();
    await stopped;
    return site().wait(run.Id);
  }

  /** The next run comes as far as its source, and waits there. */
  function heldOpen(): { readonly opened: Promise<void>; readonly open: () => void } {
    let open: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (open = resolve));
    const opened = new Promise<void>((resolve) => {
      site().source.onOpen = async () => {
        resolve();
        return held;
      };
    });
    return { opened, open };
  }
});
