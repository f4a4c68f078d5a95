import { isSameServer } from '../../site/isSameServer.js';
import { sourceNameOf } from '../../state/ComponentSettings.js';
import type { SiteContext } from '../../state/SiteContext.js';
import { siteSettings } from '../../state/inheritedSettings.js';
import { readState, STATE } from '../../state/siteState.js';
import { readPoints } from '../../state/softwareUpdatePoints.js';
import { readStatusRows, type StatusRow } from '../../state/storedStatuses.js';
import { type ReportedNode, treeStatuses } from './treeStatuses.js';

/** The status rows of a site and of the nodes below it, the site's default first. */
export async function siteStatuses(context: SiteContext, nodes: readonly ReportedNode[]): Promise<StatusRow[]> {
  const { site, database } = context;
  const { defaultServer, points } = await readPoints(context);
  const stored = await readStatusRows(database);
  const names = points.map((point) => point.serverName);
  const ordered = [
    ...names.filter((name) => isSameServer(name, defaultServer)),
    ...names.filter((name) => !isSameServer(name, defaultServer)),
  ];
  return treeStatuses({
    siteCode: site.siteCode,
    siteServer: site.serverName,
    nodes,
    source: sourceNameOf(await siteSettings(context)),
    contentVersion: (await readState(database, STATE.contentVersion)) ?? 0,
    points: ordered.map((serverName) => ({
      serverName,
      stored: stored.find((row) => isSameServer(row.WSUSServerName, serverName)),
    })),
  });
}
