import { measure } from '../figures/Measure.js';
import { measuresOf, metered } from '../lab/metered.js';
import type { AskedFor, DownstreamMeasures } from '../load/downstreamProcess.js';
import { runHelper } from '../load/runHelper.js';
import type { Scenario } from './Scenario.js';

const SERVERS = 20;
const BUDGETS = { time: '10,000: 20 s', 'peak memory': '10,000: 250 MB' } as const;

/** Many downstream servers that list and fetch everything at the same time; they share one process of this commit. */
function downstreamServers(name: string, { encoding, how }: { encoding: AskedFor; how: string }): Scenario {
  return {
    name,
    title: `${SERVERS} downstream servers fetch # updates each at the same time, ${how}`,
    size: 10_000,
    prepare: async (lab, updates) => {
      const path = await lab.syncedSite({ updates });
      return async () =>
        lab.work(async (bench) => {
          const site = await bench.serve(path);
          const work = await metered(bench.meter, async () =>
            runHelper<DownstreamMeasures>('downstreamProcess.js', [site.url, String(SERVERS), encoding]),
          );
          await site.stop();
          const { documents, bytes, ms } = work.result;
          const note = `${Math.round(documents / (ms / 1000))} documents/s, ${Math.round(bytes / 1e6)} MB`;
          const [, ...others] = measuresOf(work, { budgets: BUDGETS });
          return [measure('time', 'ms', ms, { note, budget: BUDGETS.time }), ...others];
        });
    },
  };
}

/** As Windows asks: it knows only a compression that is not gzip, and so gets answers as they are. */
export const downstream = downstreamServers('downstream', { encoding: 'identity', how: 'plain' });

/** As sites ask that are not on the same machine. */
export const downstreamGzip = downstreamServers('downstream-gzip', { encoding: 'gzip', how: 'in gzip' });
