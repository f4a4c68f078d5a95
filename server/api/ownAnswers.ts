import type { OwnAnswers } from '../link/fanOut/SiteHierarchy.js';
import { reportedFindings } from '../monitor/reportedFindings.js';
import type { SiteContext } from '../state/SiteContext.js';
import { reportedAlerts } from './alerts.js';
import { damageByTheHour } from './storeDamage.js';
import { findingsBelow, siteFacts } from './siteFacts.js';
import { listPoints } from './softwareUpdatePoints.js';
import { statusRows } from './status.js';

/** What a site tells its parent of itself and of the nodes below. */
export function ownAnswers(context: SiteContext, lastHeartbeat: () => Date | undefined): OwnAnswers {
  const damage = damageByTheHour(context);
  return {
    status: async (nodes) => statusRows(context, { nodes, heartbeat: lastHeartbeat(), isReport: true }),
    softwareUpdatePoints: async (nodes) => (await listPoints(context, { allSite: true }, nodes)).softwareUpdatePoints,
    alerts: async (nodes) => reportedAlerts(context, nodes),
    findings: async (nodes, isRunning) =>
      reportedFindings(await siteFacts(context, { nodes, isRunning, damage: await damage() }), {
        serverName: context.site.serverName,
        below: findingsBelow(nodes),
      }),
  };
}
