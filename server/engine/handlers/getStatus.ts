import type { StatusGetResult } from '../../contract/generated/types.js';
import type { ReportedNode } from '../../hierarchy/fanOut/treeStatuses.js';
import { siteStatuses } from '../hierarchy/siteStatuses.js';
import type { SiteContext } from '../SiteContext.js';

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
  const age =
    heartbeat === undefined ? null : Math.max(0, Math.round((context.now().getTime() - heartbeat.getTime()) / 1000));
  const own = { HeartbeatTime: heartbeat?.toISOString() ?? null, HeartbeatAgeSeconds: age };
  return {
    status: rows.map((row) => ({
      ...row,
      ...(row.SiteCode === context.site.siteCode ? own : { HeartbeatTime: null, HeartbeatAgeSeconds: null }),
    })),
  };
}
