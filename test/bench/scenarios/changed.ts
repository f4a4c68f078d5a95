import { measure, type Measure } from '../figures/Measure.js';
import { measuresOf, metered } from '../lab/metered.js';
import { longestStall, withStalls } from '../lab/stalls.js';
import type { Workbench } from '../lab/Workbench.js';
import type { RevisedUpstream } from '../load/RevisedUpstream.js';
import type { ProductSession } from '../product/ProductSession.js';
import type { Scenario } from './Scenario.js';

const CHANGES = 130;

/** The day after: a large site whose upstream has a few new revisions. */
export const changed: Scenario = {
  name: 'changed',
  title: `synchronization of ${CHANGES} changed updates of # in the running engine`,
  size: 100_000,
  prepare: async (lab, updates) => {
    const upstream = await lab.upstreams.revised({ updates });
    const site = await lab.siteOf(upstream.url);
    return async () =>
      lab.work(async (bench) => {
        const session = await bench.session(site);
        // What the other side was measured with; it also loads what the first run of an engine loads.
        await session.synchronize();
        const quiet = await changedRun(bench, session, upstream);
        const watched = await withStalls({ bench, site }, async () => changedRun(bench, session, upstream));
        await bench.rest(session);
        return [...quiet, longestStall(watched.waits)];
      });
  },
};

/** A run that brings what the upstream has just changed. */
async function changedRun(
  { meter }: Workbench,
  session: ProductSession,
  upstream: RevisedUpstream,
): Promise<Measure[]> {
  await upstream.change(CHANGES);
  const work = await metered(meter, async () => session.synchronize());
  return [
    ...measuresOf(work, { budgets: { time: '100,000: 0.5 s' } }),
    measure('documents fetched', 'documents', work.result.Counts.DocumentsFetched, { note: `${CHANGES} changed` }),
  ];
}
