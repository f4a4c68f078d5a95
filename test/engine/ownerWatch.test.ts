import { expect } from 'chai';
import { SyncError } from '../../server/errors/SyncError.js';
import { OwnerWatch } from '../../server/engine/OwnerWatch.js';
import { takeUp } from '../../server/engine/takeUp.js';
import { SiteActivity } from '../../server/state/SiteActivity.js';
import type { SharedStore } from '../../server/store/SharedStore.js';
import type { Standing, WatchRole } from '../../server/store/SiteRole.js';
import { TestClock } from '../fixtures/TestClock.js';

const SELF = { id: 'one', host: 'cm01.test', processId: 1, version: '1.0.0' };

/** An engine that follows who owns the site, as the test says it, and fails as often as the test wants. */
function watched({ failures }: { failures: number }) {
  const clock = new TestClock();
  const done: string[] = [];
  const lines: string[] = [];
  let standing: Standing = { role: 'Follower', epoch: 1, owner: undefined };
  let tell: WatchRole = () => undefined;
  const role = {
    self: SELF,
    mayAct: true,
    get standing() {
      return standing;
    },
    onChange: (told: WatchRole) => {
      tell = told;
      return () => undefined;
    },
  };
  let left = failures;
  const watch = new OwnerWatch({
    context: {
      shared: { role } as unknown as SharedStore,
      site: { siteCode: 'PS1' } as never,
      log: { write: (line: string) => void lines.push(line) } as never,
    },
    clock,
    log: () => undefined,
    takeUp: async () => {
      done.push('taken up');
      left -= 1;
      if (left >= 0) throw new SyncError('DatabaseContended', { reason: 'others' });
      return Promise.resolve();
    },
    lay: async () => {
      done.push('laid');
      return Promise.resolve();
    },
  });
  watch.begin();
  const become = async (now: Standing['role'], epoch: number): Promise<void> => {
    const before = standing;
    standing = { role: now, epoch, owner: now === 'Owner' ? SELF : undefined };
    await tell(standing, before);
  };
  return { watch, become, done, lines, clock };
}

describe('An engine that becomes the owner of a site', () => {
  it('takes its work up again where that has failed', async () => {
    const { watch, become, done, lines, clock } = watched({ failures: 1 });
    await become('Owner', 2);
    expect(lines.at(-1)).to.contain('could not be followed');
    await clock.fire();
    await watch.stop();
    expect(done).to.deep.equal(['taken up', 'taken up']);
  });

  it('tries no more once another server is the owner, and ends what it had begun', async () => {
    const { watch, become, done, clock } = watched({ failures: 1 });
    await become('Owner', 2);
    await become('Follower', 3);
    await clock.fire();
    await watch.stop();
    expect(done).to.deep.equal(['taken up', 'laid']);
  });

  it('begins no run before those of the owner before have ended', async () => {
    const done: string[] = [];
    const nothing = (): void => undefined;
    const activity = new SiteActivity({ onBusy: nothing, onIdle: nothing });
    const settled = async (): Promise<void> => {
      const begun = activity.begin('synchronization').then((turn) => {
        done.push('begun');
        turn.release();
      });
      await Promise.race([begun, new Promise((resolve) => void setImmediate(resolve))]);
      done.push('settled');
      throw new SyncError('DatabaseContended', { reason: 'others' });
    };
    await takeUp({} as never, { activity } as never, settled).catch(() => undefined);
    (await activity.begin('synchronization')).release();
    expect(done).to.deep.equal(['settled', 'begun']);
  });
});
