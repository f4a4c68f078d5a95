import type { LinkReport, LinkState, SUPSyncStatus } from '../../server/contract/generated/types.js';
import { ChildLinkClient } from '../../server/link/ChildLinkClient.js';
import { decodeJoinToken } from '../../server/link/JoinToken.js';
import { neverSynchronized } from '../../server/link/fanOut/treeStatuses.js';
import { joinParent } from '../../server/link/joinParent.js';
import { systemClock } from '../../server/platform/Clock.js';
import { childServer } from './playChild.js';

/** Who joins, and what it says of itself and of those below it. */
interface ReportingChild {
  readonly token: string;
  readonly siteCode: string;
  readonly version: string;
  readonly report: Pick<LinkReport, 'statuses' | 'sites' | 'alerts'>;
}

/** A child site without a store: it joins over a real link, and reports what it is given, whatever it is told. */
export async function reportingChild({ token, siteCode, version, report }: ReportingChild): Promise<ChildLinkClient> {
  const node = { siteCode, serverName: childServer(siteCode) };
  const around = { version, clock: systemClock, log: () => undefined };
  const { record } = await joinParent(decodeJoinToken(token), { ...node, siteName: siteCode }, around);
  const link = new ChildLinkClient({
    ...around,
    record,
    node,
    keepRecord: async () => Promise.resolve(),
    random: Math.random,
  });
  link.onState(({ settingsVersion, request }: LinkState) => {
    const handled = { settingsVersion, requestId: request?.id ?? 0 };
    void link.report({ moduleVersion: version, siteCode, handled, ...report });
  });
  link.start();
  return link;
}

/** A row of a report. */
export function reportedStatus(siteCode: string, over: Partial<SUPSyncStatus> = {}): SUPSyncStatus {
  const row = neverSynchronized(siteCode, childServer(siteCode), 'parent.test');
  return { ...row, HeartbeatTime: null, HeartbeatAgeSeconds: null, ...over };
}
