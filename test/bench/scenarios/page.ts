import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { measure } from '../figures/Measure.js';
import { medianOf } from '../figures/statistics.js';
import { timesOf } from '../lab/metered.js';
import { openChangingUpstream } from '../load/ChangingUpstream.js';
import { Children } from '../load/Children.js';
import type { Scenario } from './Scenario.js';
import { tokensOf } from './tokensOf.js';

const CALLS = 20;

/** The first page of a central administration site, with sites below it that have joined over real links. */
export const page: Scenario = {
  name: 'page',
  title: 'the status page of a site with # sites below it',
  size: 500,
  prepare: async (lab, count) =>
    Promise.resolve(async () => {
      const upstream = await openChangingUpstream();
      try {
        return await lab.work(async (bench) => {
          const { path, session: first } = await bench.newSite(upstream.url, 'CAS');
          await bench.rest(first);
          const site = await bench.serve(path);
          const session = await bench.session(path);
          const tokens = await tokensOf(session, count);
          const children = new Children({ tokens, version: bench.product.version, folder: bench.folder });
          try {
            await children.all('connected');
            const address = site.url.replace(/^https/, 'http');
            const sizes = new Map<string, number>();
            const times = await timesOf(CALLS, async () => sizes.set('/', await sizeOf(address, '/')));
            const sites = await timesOf(CALLS, async () => sizes.set('/sites', await sizeOf(address, '/sites')));
            return [
              measure('first page', 'ms', medianOf(times), { budget: '500: 200 ms' }),
              measure('first page as sent', 'bytes', sizes.get('/') ?? 0, { budget: '500: 50 KB' }),
              measure('100 of its sites', 'ms', medianOf(sites)),
              measure('100 of its sites as sent', 'bytes', sizes.get('/sites') ?? 0),
            ];
          } finally {
            await children.stop();
            await session.close();
            await site.stop();
          }
        });
      } finally {
        await upstream.close();
      }
    }),
};

/** Bytes of a page as a browser gets them. */
async function sizeOf(address: string, path: string): Promise<number> {
  const request = get(new URL(path, address), { headers: { 'accept-encoding': 'gzip', host: 'localhost' } });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  let size = 0;
  for await (const piece of response) size += (piece as Buffer).length;
  return size;
}
