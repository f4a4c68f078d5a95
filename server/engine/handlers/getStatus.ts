import type { StatusGetResult, SUPSyncStatus } from '../../contract/generated/types.js';
import { syncStateName } from '../../status/statusMessage.js';
import { readSettings } from '../ComponentSettings.js';
import type { SiteContext } from '../SiteContext.js';
import { sourceNameOf } from '../SyncRunner.js';

/** `status/get`: one row per software update point; a site that never synchronized shows so. */
export async function getStatus(context: SiteContext): Promise<StatusGetResult> {
  const status = (await context.database.statuses()).map((json) => JSON.parse(json) as SUPSyncStatus);
  return { status: status.length > 0 ? status : [await neverSynchronized(context)] };
}

async function neverSynchronized(context: SiteContext): Promise<SUPSyncStatus> {
  const { site, database } = context;
  return {
    SiteCode: site.siteCode, WSUSServerName: site.serverName, WSUSSourceServer: sourceNameOf(await readSettings(database, site.serverName)), SyncCatalogVersion: 0, LastSyncState: 0,
    LastSyncStateTime: null, LastSyncErrorCode: 0, LastSuccessfulSyncTime: null, ReplicationLinkStatus: 0, LastReplicationLinkCheckTime: null, LastSyncStateName: syncStateName(0),
    LastSyncErrorId: '', LastSyncErrorMessage: '',
  };
}
