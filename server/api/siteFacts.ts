import type { LinkFinding, Run } from '../contract/generated/types.js';
import type { ReportedNode } from '../link/fanOut/treeStatuses.js';
import type { HealthFacts, SiteFacts } from '../monitor/HealthFacts.js';
import type { SiteContext } from '../state/SiteContext.js';
import { readLost, readRevoked } from '../state/hierarchyState.js';
import { nextSync, readScheduleFacts } from '../state/nextRun.js';
import { readOutbox } from '../state/outboxFacts.js';
import { readRuns } from '../state/storedRuns.js';

/** How the site is beside its software update points, as it is stored. */
export async function siteFacts(
  context: SiteContext,
  known: { readonly isRunning: boolean; readonly nodes: readonly unknown[]; readonly damage: readonly string[] },
): Promise<SiteFacts> {
  const rhythm = await readScheduleFacts(context, known.isRunning);
  return {
    siteCode: context.site.siteCode,
    next: nextSync(rhythm),
    rhythm,
    keeper: context.keeper(),
    parent: await parentFacts(context),
    hasNodes: known.nodes.length > 0,
    lastRun: await lastRun(context),
    damage: known.damage,
    outbox: await readOutbox(context.database),
  };
}

/** What the nodes below have said; of one that is silent it is what was so when it was last heard of. */
export function findingsBelow(nodes: readonly ReportedNode[]): readonly LinkFinding[] {
  return nodes.flatMap(({ connected, isAwaited = false, lastReport }) =>
    (lastReport?.findings ?? []).map((finding) => ({
      ...finding,
      isHeard: finding.isHeard && (connected || isAwaited),
    })),
  );
}

async function parentFacts({ parent, database }: SiteContext): Promise<HealthFacts['parent']> {
  if (parent === undefined) return undefined;
  return { siteCode: parent.siteCode, lost: await readLost(database), revoked: await readRevoked(database) };
}

/** The run under way has not said yet what it will. */
async function lastRun({ database }: SiteContext): Promise<Run | undefined> {
  const newest = await readRuns(database, { newest: 2 });
  return newest.find((run) => run.State !== 'Running');
}
