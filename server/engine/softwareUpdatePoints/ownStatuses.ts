import type { SUPSyncStatus } from '../../contract/generated/types.js';
import { syncStateName } from '../../status/statusMessage.js';
import { readSettings } from '../ComponentSettings.js';
import type { SiteContext } from '../SiteContext.js';
import { sourceNameOf } from '../sourceNameOf.js';
import { readPoints } from './readPoints.js';
import { isSameServer } from './SoftwareUpdatePoint.js';

/** A status row as stored: the heartbeat is that of the engine that answers. */
export type StoredStatus = Omit<SUPSyncStatus, 'HeartbeatTime' | 'HeartbeatAgeSeconds'>;

/** One row for each software update point of the site itself, the default first; one that never synchronized shows so. */
export async function ownStatuses(context: SiteContext): Promise<StoredStatus[]> {
  const { site, database } = context;
  const { defaultServer, points } = await readPoints(context);
  const stored = (await database.statuses()).map((json) => JSON.parse(json) as StoredStatus);
  const source = sourceNameOf(await readSettings(database, site.serverName));
  const rows = points.map(({ serverName }) => (
    stored.find((row) => isSameServer(row.WSUSServerName, serverName)) ?? neverSynchronized(site.siteCode, serverName, isSameServer(serverName, defaultServer) ? source : defaultServer)));
  const isDefault = (row: StoredStatus): boolean => isSameServer(row.WSUSServerName, defaultServer);
  return [...rows.filter(isDefault), ...rows.filter((row) => !isDefault(row))];
}

/** The row of a software update point that has not synchronized yet. */
export function neverSynchronized(siteCode: string, serverName: string, source: string): StoredStatus {
  return {
    SiteCode: siteCode, WSUSServerName: serverName, WSUSSourceServer: source, SyncCatalogVersion: 0, LastSyncState: 0, LastSyncStateTime: null, LastSyncErrorCode: 0,
    LastSuccessfulSyncTime: null, ReplicationLinkStatus: 0, LastReplicationLinkCheckTime: null, LastSyncStateName: syncStateName(0), LastSyncErrorId: '', LastSyncErrorMessage: '',
  };
}
