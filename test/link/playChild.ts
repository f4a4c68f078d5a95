import type { LinkReport, LinkState, SUPSyncStatus } from '../../server/contract/generated/types.js';
import { ChildLinkClient } from '../../server/link/ChildLinkClient.js';
import type { ParentRecord } from '../../server/link/ParentRecord.js';
import { neverSynchronized } from '../../server/link/fanOut/treeStatuses.js';
import { systemClock } from '../../server/platform/Clock.js';
import { syncStateName } from '../../server/status/statusMessage.js';

/** A child site that is played. */
export interface PlayedChild {
  readonly siteCode: string;
  readonly version: string;
  /** How its parent knows it. */
  readonly record: ParentRecord;
}

/** Who wants to know what became of a child. */
export interface ChildWatcher {
  /** At its first connection. */
  readonly connected?: () => void;
  /** It was told of a request, and has reported. */
  readonly told?: (request: number) => void;
}

/** Follows the state of the parent over a real link, and reports at each request that the site has synchronized. */
export function playChild({ siteCode, version, record }: PlayedChild, { connected, told }: ChildWatcher = {}): void {
  const node = { siteCode, serverName: childServer(siteCode) };
  const link = new ChildLinkClient({
    record,
    keepRecord: async () => Promise.resolve(),
    random: Math.random,
    node,
    version,
    clock: systemClock,
    log: () => undefined,
  });
  let handled = 0;
  let wasConnected = false;
  link.onConnection((isConnected) => {
    if (!isConnected || wasConnected) return;
    wasConnected = true;
    connected?.();
  });
  link.onState((state) => {
    if (state.request === undefined || state.request.id === handled) return;
    handled = state.request.id;
    for (const lastState of [6701, 6704, 6702]) void link.report(reportOf({ ...node, version }, state, lastState));
    told?.(handled);
  });
  link.start();
}

/** The code of the child with a number, up to 46,655: another one for each. */
export function childCode(number: number): string {
  return number.toString(36).toUpperCase().padStart(3, '0');
}

export function childServer(siteCode: string): string {
  return `${siteCode.toLowerCase()}.test`;
}

function reportOf(
  { siteCode, serverName, version }: { siteCode: string; serverName: string; version: string },
  { settingsVersion, request }: LinkState,
  lastState: number,
): LinkReport {
  const status: SUPSyncStatus = {
    ...neverSynchronized(siteCode, serverName, 'cs1.test'),
    LastSyncState: lastState,
    LastSyncStateName: syncStateName(lastState),
    LastSyncStateTime: new Date().toISOString(),
    SyncCatalogVersion: lastState === 6702 ? (request?.contentVersion ?? 0) : 0,
    HeartbeatTime: null,
    HeartbeatAgeSeconds: null,
  };
  return {
    moduleVersion: version,
    siteCode,
    statuses: [status],
    handled: { settingsVersion, requestId: request?.id ?? 0 },
    sites: [],
    alerts: [],
  };
}
