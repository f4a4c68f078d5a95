import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import type { Site } from '../../../server/contract/generated/types.js';
import { childServer } from '../../link/playChild.js';
import { reportedStatus, reportingChild } from '../../link/reportingChild.js';
import { measure } from '../figures/Measure.js';
import { medianOf } from '../figures/statistics.js';
import { timesOf } from '../lab/metered.js';
import type { Workbench } from '../lab/Workbench.js';
import { BenchFailure } from '../product/BenchFailure.js';
import type { ProductSession } from '../product/ProductSession.js';
import type { Scenario } from './Scenario.js';
import { tokensOf } from './tokensOf.js';

const CALLS = 20;
/** S00 */
const FIRST_CODE = 28 * 36 ** 2;
/** Looks at whether the report has come. */
const LOOKS = 1000;

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

/** A child that reports so many sites, itself and those below it: half of them have failed. */
async function reportingSites({ product }: Workbench, session: ProductSession, count: number) {
  const top = await session.request<Site>('site/get', {});
  const codes = Array.from({ length: count }, (_unused, number) => (FIRST_CODE + number).toString(36).toUpperCase());
  const [token = ''] = await tokensOf(session, 1);
  const [siteCode = ''] = codes;
  const below = (code: string): Site => ({
    ...top,
    SiteCode: code,
    ServerName: childServer(code),
    ReportingSiteCode: siteCode,
  });
  const statuses = codes.map((code, number) =>
    reportedStatus(code, {
      LastSyncState: number % 2 === 0 ? 6702 : 6703,
      LastSyncErrorId: number % 2 === 0 ? '' : 'UpstreamTimeout',
      LastSyncErrorMessage: number % 2 === 0 ? '' : 'The upstream server did not answer within 60 seconds.',
      LastSyncStateTime: new Date().toISOString(),
    }),
  );
  const report = { statuses, sites: codes.slice(1).map(below), alerts: [] };
  return reportingChild({ token, siteCode, version: product.version, report });
}

/** Until the report has come; each look is a request. */
async function untilKnown(session: ProductSession, count: number): Promise<void> {
  for (let look = 0; look < LOOKS; look += 1) {
    const { status } = await session.request<{ status: readonly unknown[] }>('status/get');
    if (status.length > count) return;
  }
  throw new BenchFailure('the site does not show what was reported to it');
}

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
