import type { Site } from '../../../server/contract/generated/types.js';
import type { ChildLinkClient } from '../../../server/link/ChildLinkClient.js';
import { childServer } from '../../link/playChild.js';
import { reportedStatus, reportingChild } from '../../link/reportingChild.js';
import type { Workbench } from '../lab/Workbench.js';
import { BenchFailure } from '../product/BenchFailure.js';
import type { ProductSession } from '../product/ProductSession.js';
import { tokensOf } from './tokensOf.js';

/** S00 */
const FIRST_CODE = 28 * 36 ** 2;
/** Looks at whether the report has come. */
const LOOKS = 1000;

/** A child that reports so many sites, itself and those below it: half of them have failed. */
export async function reportingSites(
  { product }: Workbench,
  session: ProductSession,
  count: number,
): Promise<ChildLinkClient> {
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
export async function untilKnown(session: ProductSession, count: number): Promise<void> {
  for (let look = 0; look < LOOKS; look += 1) {
    const { status } = await session.request<{ status: readonly unknown[] }>('status/get');
    if (status.length > count) return;
  }
  throw new BenchFailure('the site does not show what was reported to it');
}
