import { measure, type Measure } from '../figures/Measure.js';
import { medianOf } from '../figures/statistics.js';
import { benchDatabase, DATABASES } from '../lab/BenchDatabases.js';
import { metered, timesOf } from '../lab/metered.js';
import type { SiteDatabase, Workbench } from '../lab/Workbench.js';
import { reportingSites, untilKnown } from './reportingSites.js';
import type { Scenario } from './Scenario.js';

const CALLS = 20;

/** The status of a central administration site that knows so many sites below it, with each database. */
export const sites: Scenario = {
  name: 'sites',
  title: 'the status of # sites with each database',
  size: 1000,
  prepare: async (lab, count) =>
    Promise.resolve(async () => {
      const measures: Measure[] = [];
      for (const kind of DATABASES) {
        const own = await benchDatabase(kind);
        try {
          const found = await lab.work(async (bench) => statusOf(bench, own.choice, count));
          measures.push(...found.map((one) => ({ ...one, name: `${kind}: ${one.name}` })));
        } finally {
          await own.close();
        }
      }
      return measures;
    }),
};

async function statusOf(bench: Workbench, choice: SiteDatabase, count: number): Promise<Measure[]> {
  const { path, session: maker } = await bench.emptySite('CAS', choice);
  await bench.rest(maker);
  const site = await bench.serve(path);
  const session = await bench.session(path);
  const child = await reportingSites(bench, session, count);
  try {
    await untilKnown(session, count);
    const status = await metered(bench.meter, async () => timesOf(CALLS, async () => session.request('status/get')));
    return [
      measure('status', 'ms', medianOf(status.result), { budget: '1,000: 50 ms' }),
      measure('status, processor time', 'ms', status.processorMs / CALLS, { note: 'session and engine' }),
    ];
  } finally {
    await child.close();
    await session.close();
    await site.stop();
  }
}
