/**
 * A process that plays many child sites: each follows the state of its parent over a real link and reports that it has
 * synchronized. Ends with its input.
 */
import { readFileSync } from 'node:fs';
import type { LinkReport, LinkState, SUPSyncStatus } from '../../server/contract/generated/types.js';
import type { ParentNote } from '../../server/hierarchy/join/ParentNote.js';
import { ChildLinkClient } from '../../server/hierarchy/link/ChildLinkClient.js';
import { neverSynchronized } from '../../server/hierarchy/fanOut/treeStatuses.js';
import { systemClock } from '../../server/platform/Clock.js';
import { syncStateName } from '../../server/status/statusMessage.js';

const notes = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as readonly ParentNote[];

for (const [number, note] of notes.entries()) follow(note, number.toString(36).toUpperCase().padStart(3, 'A'));
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));

function follow(note: ParentNote, siteCode: string): void {
  const node = { siteCode, serverName: `${siteCode.toLowerCase()}.test` };
  const link = new ChildLinkClient({
    note,
    keepNote: async () => Promise.resolve(),
    random: Math.random,
    node,
    version: '0.0.0',
    clock: systemClock,
    log: () => undefined,
  });
  let handled = 0;
  link.onState((state) => {
    if (state.request === undefined || state.request.id === handled) return;
    handled = state.request.id;
    for (const lastState of [6701, 6704, 6702]) link.report(reportOf(node, state, lastState));
  });
  link.start();
}

function reportOf(
  { siteCode, serverName }: { siteCode: string; serverName: string },
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
    moduleVersion: '0.0.0',
    siteCode,
    statuses: [status],
    handled: { settingsVersion, requestId: request?.id ?? 0 },
    sites: [],
    alerts: [],
  };
}
