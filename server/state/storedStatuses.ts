import type { SUPSyncStatus } from '../contract/generated/types.js';
import { isSameServer } from '../site/isSameServer.js';
import type { SiteChanges } from '../store/SiteChanges.js';
import type { SiteReads } from '../store/SiteDatabase.js';

/**
 * A status row as it is stored and told; the heartbeat is the last sign of life of a node, null without one. The link
 * has a name where its number does not say enough.
 */
export type StatusRow = Omit<SUPSyncStatus, 'HeartbeatTime' | 'HeartbeatAgeSeconds' | 'ReplicationLinkStatusName'> &
  Partial<Pick<SUPSyncStatus, 'HeartbeatTime' | 'ReplicationLinkStatusName'>>;

/** The rows that a site has stored, of its own software update points. */
export async function readStatusRows(database: Pick<SiteReads, 'statuses'>): Promise<readonly StatusRow[]> {
  return (await database.statuses()).map((json) => JSON.parse(json) as StatusRow);
}

/** That of one server; undefined where nothing was said of it yet. */
export async function readStatusRow(
  database: Pick<SiteReads, 'statuses'>,
  serverName: string,
): Promise<StatusRow | undefined> {
  return (await readStatusRows(database)).find((row) => isSameServer(row.WSUSServerName, serverName));
}

/** The part of a transaction that stores a row. */
export function statusRowChange(row: StatusRow): Pick<SiteChanges, 'statuses'> {
  return { statuses: [{ server: row.WSUSServerName, json: JSON.stringify(row) }] };
}
