import { measure } from '../figures/Measure.js';
import { measuresOf, metered } from '../lab/metered.js';
import type { Scenario } from './Scenario.js';

/** A site that has everything already, in an engine that runs and from a machine where none does. */
export const nothingNew: Scenario = {
  name: 'nothing-new',
  title: 'synchronization of a site that has all # updates already',
  size: 10_000,
  prepare: async (lab, updates) => {
    const site = await lab.syncedSite({ updates });
    return async () =>
      lab.work(async (bench) => {
        const session = await bench.session(site);
        // The first one of an engine loads what the next ones have.
        await session.synchronize();
        const running = await metered(bench.meter, async () => session.synchronize());
        await bench.rest(session);
        const cold = await metered(bench.meter, async () => bench.verb('sync', '--json', '--site-path', site));
        await bench.rest(await bench.session(site));
        return [
          ...measuresOf(running, { of: 'in the running engine', budgets: { time: '60 ms' } }),
          ...measuresOf(cold, { of: 'from process start', budgets: { time: '0.6 s' } }),
          measure('documents fetched', 'documents', running.result.Counts.DocumentsFetched, { budget: '0' }),
        ];
      });
  },
};
