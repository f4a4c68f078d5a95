import { undelivered } from '../monitor/siteFindings.js';
import { readOutbox } from '../state/outboxFacts.js';
import type { StatusGetResult, SUPSyncStatus } from '../contract/generated/types.js';
import { siteStatuses } from '../link/fanOut/siteStatuses.js';
import { LINK_ERROR, LINK_STATUS_NAME } from '../link/fanOut/treeStatuses.js';
import type { ReportedNode } from '../link/fanOut/treeStatuses.js';
import { isSameServer } from '../site/isSameServer.js';
import type { SiteContext } from '../state/SiteContext.js';
import { hookRefusal, programRefusal } from '../state/afterSyncRefusal.js';
import { readLost, readRevoked } from '../state/hierarchyState.js';
import { siteSettings } from '../state/inheritedSettings.js';
import { unkeptText } from '../state/keeper.js';
import { nextSync, readScheduleFacts } from '../state/nextRun.js';
import type { StatusRow } from '../state/storedStatuses.js';
import { readStatusRules } from '../state/statusRuleStore.js';

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
  surroundings: StatusSurroundings & { readonly isRunning: boolean },
): Promise<StatusGetResult> {
  const facts = await readScheduleFacts(context, surroundings.isRunning);
  const warnings = [
    await hookRefusal(context, await siteSettings(context)),
    ...(await ruleRefusals(context)),
    unkeptText(context.keeper(), {
      siteCode: context.site.siteCode,
      hasTime: nextSync(facts).time !== undefined,
      hasSchedule: facts.tokens.length > 0,
      isChild: context.parent !== undefined,
      isPoint: context.parent?.siteCode === context.site.siteCode,
      hasNodes: surroundings.nodes.length > 0,
    }),
    ...undelivered({ outbox: await readOutbox(context.database), keeper: context.keeper() }),
  ];
  return {
    warnings: warnings.filter((warning) => warning !== undefined),
    status: await statusRows(context, surroundings),
  };
}

/** Why programs of status filter rules do not run. */
async function ruleRefusals(context: SiteContext): Promise<readonly (string | undefined)[]> {
  const rules = await readStatusRules(context.database);
  const running = rules.filter(({ isEnabled, runProgram }) => isEnabled && runProgram === true);
  const programs = new Set(running.map(({ programPath = '' }) => programPath).filter((program) => program !== ''));
  return Promise.all([...programs].map(async (program) => programRefusal(context, program)));
}

/** The rows of `status/get`. Reported to the parent they are without the link to it, which it knows itself. */
export async function statusRows(
  context: SiteContext,
  { nodes, heartbeat, isReport = false }: StatusSurroundings & { readonly isReport?: boolean },
): Promise<StatusGetResult['status']> {
  const { siteCode, serverName } = context.site;
  const now = context.now().getTime();
  // Only the software update point of this engine lives by its heartbeat; the others have told theirs, or never did.
  const isOwn = (row: StatusRow): boolean => row.SiteCode === siteCode && isSameServer(row.WSUSServerName, serverName);
  const upwards = isReport ? () => ({}) : await upwardLink(context, isOwn);
  return (await siteStatuses(context, nodes)).map((row) => {
    const time = isOwn(row) ? heartbeat?.toISOString() : row.HeartbeatTime;
    return {
      ...row,
      ReplicationLinkStatusName: row.ReplicationLinkStatusName ?? LINK_STATUS_NAME[row.ReplicationLinkStatus],
      ...upwards(row),
      HeartbeatTime: time ?? null,
      HeartbeatAgeSeconds: time == null ? null : Math.max(0, Math.round((now - Date.parse(time)) / 1000)),
    };
  });
}

/** How the link to the parent shows: the whole site is revoked, its engine alone is out of reach. */
async function upwardLink(
  { parent, database, site }: SiteContext,
  isOwn: (row: StatusRow) => boolean,
): Promise<(row: StatusRow) => Partial<SUPSyncStatus>> {
  if (parent === undefined) return () => ({});
  const isRevoked = (await readRevoked(database)) !== '';
  const lost = await readLost(database);
  if (!isRevoked && lost === undefined) return () => ({});
  const shown: Partial<SUPSyncStatus> = {
    ReplicationLinkStatus: LINK_ERROR,
    ReplicationLinkStatusName: isRevoked ? 'Revoked' : 'NoParent',
    ...(lost === undefined ? {} : { LastReplicationLinkCheckTime: new Date(lost.since).toISOString() }),
  };
  return (row) => ((isRevoked ? row.SiteCode === site.siteCode : isOwn(row)) ? shown : {});
}
