import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { type FSWatcher, watch } from 'node:fs';
import { join } from 'node:path';
import type { EngineClient } from '../../server/relay/EngineClient.js';
import { Random } from '../../server/sample/Random.js';
import { type SampleUpstream, startSampleUpstream } from '../bench/SampleUpstream.js';
import { CountingSession } from './CountingSession.js';
import { RealSite } from './RealSite.js';
import { repetitions } from '../fixtures/repetitions.js';

const seed = Number(process.env['CONFIGMGRSYNC_KILL_SEED'] ?? 20261125);
const kills = repetitions(4, 50);
const updates = repetitions(600, 10_000);
type Moment = readonly [kind: string, most: number];
/** What the moment of a kill is counted in, and how many at most. */
const MOMENTS: [Moment, ...Moment[]] = [
  ['progress', 4],
  ['acknowledged', 12],
  ['journal', 24],
];

describe(`lifecycle: ${kills} kills of the engine under load (seed ${seed})`, function () {
  this.timeout(1_800_000);
  const random = new Random(seed);
  const events = new EventEmitter();
  let upstream: SampleUpstream;
  let site: RealSite;
  let control: EngineClient;
  let watcher: FSWatcher;
  let sessions: CountingSession[];
  before(async () => {
    upstream = await startSampleUpstream(['--updates', String(updates), '--seed', '7']);
    site = await RealSite.make();
    control = site.client();
    control.onProgress(({ State }) => {
      events.emit('progress');
      // The load does not end with a run that was faster than the next kill.
      if (State !== 'Running') void synchronize(true).catch(() => undefined);
    });
    watcher = watch(join(site.site.path, 'database'), () => events.emit('journal'));
    await control.request('component/set', {
      requestId: randomUUID(),
      upstreamSourceLocation: upstream.url,
      allProducts: true,
      allClassifications: true,
    });
    sessions = Array.from(
      { length: 8 },
      (_unused, index) => new CountingSession(site.session(), index + 1, () => events.emit('acknowledged')),
    );
  });
  after(async () => {
    watcher.close();
    await site.remove();
    await upstream.stop();
  });

  /** Starts a run, or joins the one under way, and watches it. */
  async function synchronize(fullSync = false): Promise<number> {
    const { run } = await control.request('sync/start', { requestId: randomUUID(), join: true, fullSync });
    await control.request('run/watch', { id: run.Id });
    return run.Id;
  }

  async function checkState(): Promise<void> {
    const checks = sessions.map((session) => session.expectation());
    const { PendingCategories } = await control.request('component/get', {});
    expect(checks.map((check) => check(PendingCategories)).filter((problem) => problem !== undefined)).to.deep.equal(
      [],
    );
  }

  /** So many events of one kind; a run that ends meanwhile is followed by another. */
  async function moment(): Promise<void> {
    const [kind, most] = random.pick(MOMENTS);
    const count = 1 + random.below(most);
    for (let seen = 0; seen < count; seen += 1)
      await new Promise<void>((resolve) => events.once(kind, () => resolve()));
  }

  it('loses nothing that was acknowledged, leaves no run behind, and the synchronization completes', async () => {
    const states = new Set<string>();
    for (let kill = 1; kill <= kills; kill += 1) {
      const id = await synchronize(kill > 1 && random.chance(0.5));
      await moment();
      await site.kill();
      await checkState();
      // In this order: what the list does not know had not begun when the status was given.
      const { status } = await control.request('status/get', {});
      const { runs } = await control.request('run/list', {});
      // What runs now was begun by the new engine itself, as a retry.
      const isRetried = runs.some((run) => run.Id > id);
      expect(
        runs.filter((run) => run.State === 'Running' && run.Id <= id),
        `after kill ${kill}`,
      ).to.deep.equal([]);
      expect(runs.map(({ Id }) => Id)).to.include(id);
      // The run of this kill may have been faster than it: then the next one was under way.
      for (const run of runs) states.add(`${run.State} ${run.ErrorId}`);
      if (!isRetried) expect(status[0]?.LastSyncState, `after kill ${kill}`).to.be.oneOf([6702, 6703]);
    }
    while (sessions.some(({ acknowledged }) => acknowledged <= kills / 2)) await once(events, 'acknowledged');
    for (const session of sessions) await session.stop();
    await checkState();
    await control.request('run/wait', { id: await synchronize() });
    const { run } = await control.request('run/wait', { id: await synchronize(true) });
    expect([run.State, run.ErrorMessage]).to.deep.equal(['Succeeded', '']);
    expect([...states].sort()).to.include('Failed EngineStopped');
  });
});
