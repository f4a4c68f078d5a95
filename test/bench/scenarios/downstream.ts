import { measure } from '../figures/Measure.js';
import { measuresOf, metered } from '../lab/metered.js';
import type { DownstreamMeasures } from '../load/downstreamProcess.js';
import { runHelper } from '../load/runHelper.js';
import type { Scenario } from './Scenario.js';

const SERVERS = 20;

/** Many downstream servers that list and fetch everything at the same time; they share one process of this commit. */
export const downstream: Scenario = {
  name: 'downstream',
  title: `${SERVERS} downstream servers fetch # updates each at the same time`,
  size: 10_000,
  prepare: async (lab, updates) => {
    const path = await lab.syncedSite({ updates });
    return async () =>
      lab.work(async (bench) => {
        const site = await bench.serve(path);
        const work = await metered(bench.meter, async () =>
          runHelper<DownstreamMeasures>('downstreamProcess.js', [site.url, String(SERVERS)]),
        );
        await site.stop();
        const { documents, bytes, ms } = work.result;
        const note = `${Math.round(documents / (ms / 1000))} documents/s, ${Math.round(bytes / 1e6)} MB`;
        const [, ...others] = measuresOf(work, { budgets: { 'peak memory': '10,000: 250 MB' } });
        return [measure('time', 'ms', ms, { note }), ...others];
      });
  },
};
