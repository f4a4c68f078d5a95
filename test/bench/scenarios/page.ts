import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { measure } from '../figures/Measure.js';
import { medianOf } from '../figures/statistics.js';
import { timesOf } from '../lab/metered.js';
import { reportingSites, untilKnown } from './reportingSites.js';
import type { Scenario } from './Scenario.js';

const CALLS = 20;

/** The first page of a central administration site that knows so many sites below it, by the report of one of them. */
export const page: Scenario = {
  name: 'page',
  title: 'the status page of a site with # sites below it',
  size: 500,
  prepare: async (lab, count) =>
    Promise.resolve(async () =>
      lab.work(async (bench) => {
        const { path, session: maker } = await bench.emptySite('CAS');
        await bench.rest(maker);
        const site = await bench.serve(path);
        const session = await bench.session(path);
        const child = await reportingSites(bench, session, count);
        const address = site.url.replace(/^https/, 'http');
        try {
          await untilKnown(session, count);
          const first = await pageOf(address, '/');
          const sites = await pageOf(address, '/sites');
          return [
            measure('first page', 'ms', first.ms, { budget: '500: 200 ms' }),
            measure('first page as sent', 'bytes', first.bytes, { budget: '500: 50 KB' }),
            measure('100 of its sites', 'ms', sites.ms),
            measure('100 of its sites as sent', 'bytes', sites.bytes),
          ];
        } finally {
          await child.close();
          await session.close();
          await site.stop();
        }
      }),
    ),
};

/** Milliseconds and bytes of a page as a browser gets it, once the engine is warm. */
async function pageOf(address: string, path: string): Promise<{ readonly ms: number; readonly bytes: number }> {
  let bytes = await sizeOf(address, path);
  const times = await timesOf(CALLS, async () => (bytes = await sizeOf(address, path)));
  return { ms: medianOf(times), bytes };
}

/** Bytes of a page as a browser gets them. */
async function sizeOf(address: string, path: string): Promise<number> {
  const request = get(new URL(path, address), { headers: { 'accept-encoding': 'gzip', host: 'localhost' } });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  let size = 0;
  for await (const piece of response) size += (piece as Buffer).length;
  return size;
}
