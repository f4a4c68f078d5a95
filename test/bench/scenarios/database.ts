import { readFileSync } from 'node:fs';
import path from 'node:path';
import { measure, type Measure } from '../figures/Measure.js';
import { medianOf } from '../figures/statistics.js';
import { folderSize } from '../lab/folderSize.js';
import type { Lab } from '../lab/Lab.js';
import { measuresOf, metered, timesOf } from '../lab/metered.js';
import type { Workbench } from '../lab/Workbench.js';
import type { Scenario } from './Scenario.js';
import { someArticle } from './start.js';

const CALLS = 20;
const DATABASES = ['Embedded', 'Sqlite'] as const;

/** The same site with each database; that in a file needs the Node.js that it needs. */
export const database: Scenario = {
  name: 'database',
  title: 'a site of # updates with each database',
  size: 10_000,
  prepare: async (lab, updates) => {
    const url = await lab.upstreams.url({ updates });
    return async () => {
      const measures: Measure[] = [];
      for (const kind of DATABASES) measures.push(...(await measured(lab, url, kind)));
      return measures;
    };
  },
};

async function measured(lab: Lab, url: string, kind: (typeof DATABASES)[number]): Promise<Measure[]> {
  return lab.work(async (bench) => {
    const { path: site, session } = await bench.newSite(url, 'Primary', kind);
    const first = await metered(bench.meter, async () => session.synchronize());
    const again = await metered(bench.meter, async () => session.synchronize());
    const status = await timesOf(CALLS, async () => session.request('status/get'));
    const articleId = await someArticle(session);
    const query = await timesOf(CALLS, async () => session.request('update/list', { articleId }));
    await bench.rest(session);
    const disk = folderSize(path.join(site, 'database'));
    return [
      ...measuresOf(first, { of: `${kind}: first synchronization` }),
      measure(`${kind}: nothing new`, 'ms', again.ms),
      measure(`${kind}: status`, 'ms', medianOf(status), { budget: '5 ms' }),
      measure(`${kind}: update by KB number`, 'ms', medianOf(query), { budget: '5 ms' }),
      measure(`${kind}: folder of the database`, 'bytes', disk),
      ...(await opened(bench, site, kind)),
    ];
  });
}

/** What the first command of the day takes, and what its engine needs afterwards. */
async function opened(bench: Workbench, site: string, kind: string): Promise<Measure[]> {
  const first = await metered(bench.meter, async () => bench.verb('status', '--json', '--site-path', site));
  const resident = residentBytes(site);
  await bench.rest(await bench.session(site));
  return [
    measure(`${kind}: first answer, time`, 'ms', first.ms, { budget: '0.25 s' }),
    measure(`${kind}: first answer, processor time`, 'ms', first.processorMs),
    ...(resident === undefined ? [] : [measure(`${kind}: memory of the idle engine`, 'bytes', resident)]),
  ];
}

/** As Linux says it; undefined elsewhere. */
function residentBytes(site: string): number | undefined {
  if (process.platform !== 'linux') return undefined;
  const { processId } = JSON.parse(readFileSync(path.join(site, 'engine.json'), 'utf8')) as { processId: number };
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${processId}/status`, 'utf8'))?.[1];
  return Number(kilobytes) * 1024;
}
