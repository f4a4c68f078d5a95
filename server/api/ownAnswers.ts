import type { OwnAnswers } from '../link/fanOut/SiteHierarchy.js';
import { reasonOf } from '../errors/SyncError.js';
import { reportedFindings } from '../monitor/reportedFindings.js';
import { segmentLines, segmentProblems } from '../repair/segmentProblems.js';
import { HOUR, MINUTE } from '../schedule/zone.js';
import type { SiteContext } from '../state/SiteContext.js';
import { listAlerts } from './alerts.js';
import { findingsBelow, siteFacts } from './siteFacts.js';
import { listPoints } from './softwareUpdatePoints.js';
import { statusRows } from './status.js';

/** What a site tells its parent of itself and of the nodes below. */
export function ownAnswers(context: SiteContext, lastHeartbeat: () => Date | undefined): OwnAnswers {
  const damage = damageByTheHour(context);
  return {
    status: async (nodes) => statusRows(context, { nodes, heartbeat: lastHeartbeat(), isReport: true }),
    softwareUpdatePoints: async (nodes) => (await listPoints(context, { allSite: true }, nodes)).softwareUpdatePoints,
    alerts: async (nodes) => (await listAlerts(context, {}, nodes)).alerts,
    findings: async (nodes, isRunning) =>
      reportedFindings(await siteFacts(context, { nodes, isRunning, damage: await damage() }), {
        serverName: context.site.serverName,
        below: findingsBelow(nodes),
      }),
  };
}

/**
 * A look at the store goes over all that is stored, and a report follows every change: one look an hour is enough.
 * Damage that was found may have been repaired since.
 */
function damageByTheHour(context: SiteContext): () => Promise<readonly string[]> {
  let from = Number.NEGATIVE_INFINITY;
  let found: Promise<readonly string[]> = Promise.resolve([]);
  return async () => {
    const now = context.now().getTime();
    if (Math.abs(now - from) < ((await found).length === 0 ? HOUR : MINUTE)) return found;
    from = now;
    found = damageOf(context);
    return found;
  };
}

/** A store that cannot be looked at is a finding, and no reason to tell nothing. */
async function damageOf({ database, documents }: SiteContext): Promise<readonly string[]> {
  try {
    return segmentLines(await segmentProblems(database, documents));
  } catch (error) {
    return [`The store could not be looked at: ${reasonOf(error)}`];
  }
}
