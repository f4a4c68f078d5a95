import type { StatusGetResult } from '../../contract/generated/types.js';
import type { SiteContext } from '../SiteContext.js';
import { ownStatuses } from '../softwareUpdatePoints/ownStatuses.js';

/** `status/get`: one row per software update point; a site that never synchronized shows so. */
export async function getStatus(context: SiteContext, heartbeat: Date | undefined): Promise<StatusGetResult> {
  const status = await ownStatuses(context);
  const age = heartbeat === undefined ? null : Math.max(0, Math.round((context.now().getTime() - heartbeat.getTime()) / 1000));
  return { status: status.map((row) => ({ ...row, HeartbeatTime: heartbeat?.toISOString() ?? null, HeartbeatAgeSeconds: age })) };
}
