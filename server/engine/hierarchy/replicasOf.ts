import type { LinkedNode } from '../../hierarchy/link/SiteLinks.js';
import type { SiteContext } from '../../state/SiteContext.js';
import { readPoints } from '../../state/softwareUpdatePoints.js';
import { isSameServer } from '../../site/isSameServer.js';
import type { Replica } from './ReplicaTurns.js';

/** The software update points of a site that are not in its own engine, the default first. */
export async function replicasOf(context: SiteContext, nodes: readonly LinkedNode[]): Promise<readonly Replica[]> {
  const { defaultServer, points } = await readPoints(context);
  const joined = nodes.filter((node) => node.role === 'SoftwareUpdatePoint');
  const replicas = points.flatMap(({ serverName }): Replica[] => {
    const node = joined.find((other) => isSameServer(other.serverName, serverName));
    const isHere =
      isSameServer(serverName, context.site.serverName) ||
      (node === undefined && isSameServer(serverName, defaultServer));
    return isHere ? [] : [{ serverName, node: node === undefined ? undefined : factsOf(node) }];
  });
  return [...replicas].sort(
    (one, other) =>
      Number(isSameServer(other.serverName, defaultServer)) - Number(isSameServer(one.serverName, defaultServer)),
  );
}

function factsOf({ id, connected, lastSeen, lastReport: report }: LinkedNode): Replica['node'] {
  return {
    nodeId: id,
    isConnected: connected,
    handled: report?.handled.requestId ?? 0,
    state: report?.statuses[0]?.LastSyncState ?? 0,
    lastSign: lastSeen?.getTime() ?? 0,
  };
}
