import type { OwnAnswers } from '../link/fanOut/SiteHierarchy.js';
import type { SiteContext } from '../state/SiteContext.js';
import { listAlerts } from './alerts.js';
import { listPoints } from './softwareUpdatePoints.js';
import { statusRows } from './status.js';

/** What a site tells its parent of itself and of the nodes below. */
export function ownAnswers(context: SiteContext, lastHeartbeat: () => Date | undefined): OwnAnswers {
  return {
    status: async (nodes) => statusRows(context, { nodes, heartbeat: lastHeartbeat(), isReport: true }),
    softwareUpdatePoints: async (nodes) => (await listPoints(context, { allSite: true }, nodes)).softwareUpdatePoints,
    alerts: async (nodes) => (await listAlerts(context, {}, nodes)).alerts,
  };
}
