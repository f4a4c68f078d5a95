import type { StatusGetResult } from '../contract/generated/types.js';
import { siteStatuses } from '../link/fanOut/siteStatuses.js';
import { LINK_ERROR, LINK_STATUS_NAME } from '../link/fanOut/treeStatuses.js';
import type { ReportedNode, StatusRow } from '../link/fanOut/treeStatuses.js';
import { isSameServer } from '../site/isSameServer.js';
import type { SiteContext } from '../state/SiteContext.js';
import { hookRefusal } from '../state/afterSyncRefusal.js';
import { readRevoked } from '../state/hierarchyState.js';
import { siteSettings } from '../state/inheritedSettings.js';

/** Who else has rows, and how the engine that answers is. */
export interface StatusSurroundings {
  readonly nodes: readonly ReportedNode[];
  readonly heartbeat: Date | undefined;
}

/**
 * `status/get`: one row per software update point of the site and of all below it; one that never synchronized shows
 * so.
 */
export async function getStatus(
  context: SiteContext,
  { nodes, heartbeat }: StatusSurroundings,
): Promise<StatusGetResult> {
  const rows = await siteStatuses(context, nodes);
  const now = context.now().getTime();
  const { siteCode, serverName } = context.site;
  const isRevoked = context.parent !== undefined && (await readRevoked(context.database)) !== '';
  // Only the software update point of this engine lives by its heartbeat; the others have told theirs, or never did.
  const isOwn = (row: StatusRow): boolean => row.SiteCode === siteCode && isSameServer(row.WSUSServerName, serverName);
  const refusal = await hookRefusal(context, await siteSettings(context));
  return {
    warnings: refusal === undefined ? [] : [refusal],
    status: rows.map((row) => {
      const time = isOwn(row) ? heartbeat?.toISOString() : row.HeartbeatTime;
      return {
        ...row,
        ...(isRevoked && row.SiteCode === siteCode
          ? { ReplicationLinkStatus: LINK_ERROR, ReplicationLinkStatusName: 'Revoked' }
          : { ReplicationLinkStatusName: LINK_STATUS_NAME[row.ReplicationLinkStatus] }),
        HeartbeatTime: time ?? null,
        HeartbeatAgeSeconds: time == null ? null : Math.max(0, Math.round((now - Date.parse(time)) / 1000)),
      };
    }),
  };
}
