import type { StatusGetResult, SUPSyncStatus } from '../../contract/generated/types.js';
import { syncStateName } from '../../status/statusMessage.js';
import { readSettings } from '../ComponentSettings.js';
import type { SiteContext } from '../SiteContext.js';
import { sourceNameOf } from '../SyncRunner.js';

/** `status/get`: one row per software update point; a site that never synchronized shows so. */
export async function getStatus(context: SiteContext, heartbeat: Date | undefined): Promise<StatusGetResult> {
  const stored = (await context.database.statuses()).map((json) => JSON.parse(json) as StoredStatus);
  const status = stored.length > 0 ? stored : [await neverSynchronized(context)];
  const age = heartbeat === undefined ? null : Math.max(0, Math.round((context.now().getTime() - heartbeat.getTime()) / 1000));
  return { status: status.map((row) => ({ ...row, HeartbeatTime: heartbeat?.toISOString() ?? null, HeartbeatAgeSeconds: age })) };
}

/** The heartbeat is that of the engine that answers: it is not stored. */
type StoredStatus = Omit<SUPSyncStatus, 'HeartbeatTime' | 'HeartbeatAgeSeconds'>;

async function neverSynchronized(context: SiteContext): Promise<StoredStatus> {
  const { site, database } = context;
  return {
    SiteCode: site.siteCode, WSUSServerName: site.serverName, WSUSSourceServer: sourceNameOf(await readSettings(database, site.serverName)), SyncCatalogVersion: 0, LastSyncState: 0,
    LastSyncStateTime: null, LastSyncErrorCode: 0, LastSuccessfulSyncTime: null, ReplicationLinkStatus: 0, LastReplicationLinkCheckTime: null, LastSyncStateName: syncStateName(0),
    LastSyncErrorId: '', LastSyncErrorMessage: '',
  };
}
