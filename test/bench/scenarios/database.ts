import { readFileSync } from 'node:fs';
import path from 'node:path';
import { measure, type Measure } from '../figures/Measure.js';
import { medianOf } from '../figures/statistics.js';
import { type BenchDatabase, benchDatabase, DATABASES } from '../lab/BenchDatabases.js';
import type { Lab } from '../lab/Lab.js';
import { measuresOf, metered, timesOf } from '../lab/metered.js';
import type { Workbench } from '../lab/Workbench.js';
import type { RevisedUpstream } from '../load/RevisedUpstream.js';
import type { Scenario } from './Scenario.js';
import { someArticle } from './start.js';

const CALLS = 20;
const CHANGES = 130;

/** The same site with each database; that in a file needs the Node.js that it needs. */
export const database: Scenario = {
  name: 'database',
  title: 'a site of # updates with each database',
  size: 10_000,
  prepare: async (lab, updates) => {
    const upstream = await lab.upstreams.revised({ updates });
    return async () => {
      const measures: Measure[] = [];
      for (const kind of DATABASES) {
        const own = await benchDatabase(kind);
        try {
          measures.push(...named(kind, await measured(lab, upstream, own)));
        } finally {
          await own.close();
        }
      }
      return measures;
    };
  },
};

function named(kind: string, measures: readonly Measure[]): Measure[] {
  return measures.map((one) => ({ ...one, name: `${kind}: ${one.name}` }));
}

async function measured(lab: Lab, upstream: RevisedUpstream, own: BenchDatabase): Promise<Measure[]> {
  return lab.work(async (bench) => {
    const { path: site, session } = await bench.newSite(upstream.url, 'Primary', own.choice);
    const first = await metered(bench.meter, async () => session.synchronize());
    const nothing = await metered(bench.meter, async () => session.synchronize());
    await upstream.change(CHANGES);
    const changed = await metered(bench.meter, async () => session.synchronize());
    const status = await timesOf(CALLS, async () => session.request('status/get'));
    const articleId = await someArticle(session);
    const query = await metered(bench.meter, async () =>
      timesOf(CALLS, async () => session.request('update/list', { articleId })),
    );
    await bench.rest(session);
    const disk = own.size(path.join(site, 'database'));
    return [
      ...measuresOf(first, { of: 'first synchronization' }),
      measure('nothing new, time', 'ms', nothing.ms),
      measure('nothing new, processor time', 'ms', nothing.processorMs),
      measure(`${CHANGES} changed, time`, 'ms', changed.ms, { budget: '100,000: 0.5 s' }),
      measure(`${CHANGES} changed, processor time`, 'ms', changed.processorMs),
      measure('status', 'ms', medianOf(status), { budget: '5 ms' }),
      measure('update by KB number', 'ms', medianOf(query.result), { budget: '5 ms' }),
      measure('update by KB number, processor time', 'ms', query.processorMs / CALLS, { note: 'session and engine' }),
      measure('size of the database', 'bytes', disk),
      ...(await opened(bench, site)),
    ];
  });
}

/** What the first command of the day takes, and what its engine needs afterwards. */
async function opened(bench: Workbench, site: string): Promise<Measure[]> {
  const first = await metered(bench.meter, async () => bench.verb('status', '--json', '--site-path', site));
  const resident = residentBytes(site);
  const opening = openingMs(site);
  await bench.rest(await bench.session(site));
  return [
    measure('first answer, time', 'ms', first.ms, { budget: '10,000: 0.25 s, 100,000: 0.6 s' }),
    measure('first answer, processor time', 'ms', first.processorMs),
    ...(opening === undefined ? [] : [measure('the database is opened', 'ms', opening, { budget: '50 ms' })]),
    ...(resident === undefined ? [] : [measure('memory of the idle engine', 'bytes', resident, { budget: '150 MB' })]),
  ];
}

/** As the engine says it in its log; undefined where an earlier version did not. */
function openingMs(site: string): number | undefined {
  const log = readFileSync(path.join(site, 'Logs', 'engine.log'), 'utf8');
  const said = [...log.matchAll(/The database was opened in (\d+) ms\./g)].at(-1)?.[1];
  return said === undefined ? undefined : Number(said);
}

/** As Linux says it; undefined elsewhere. */
function residentBytes(site: string): number | undefined {
  if (process.platform !== 'linux') return undefined;
  const { processId } = JSON.parse(readFileSync(path.join(site, 'engine.json'), 'utf8')) as { processId: number };
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${processId}/status`, 'utf8'))?.[1];
  return Number(kilobytes) * 1024;
}
