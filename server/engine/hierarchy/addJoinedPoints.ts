import type { LinkedNode } from '../../hierarchy/link/SiteLinks.js';
import type { SiteContext } from '../../state/SiteContext.js';
import { addPoint } from '../../state/changePoints.js';
import { pointsChange, readPoints } from '../../state/softwareUpdatePoints.js';
import { findPoint } from '../../state/SoftwareUpdatePoint.js';
import { knownPointsChange, readKnownPoints } from './hierarchyState.js';

/**
 * A server that joined as a further software update point has the role from then on, once: when the role is removed it
 * stays so.
 */
export async function addJoinedPoints(context: SiteContext, nodes: readonly LinkedNode[]): Promise<void> {
  const joined = nodes.filter((node) => node.role === 'SoftwareUpdatePoint');
  if (joined.length === 0) return;
  await context.settingsMutex.take(async () => {
    const known = new Set(await readKnownPoints(context.database));
    const fresh = joined.filter((node) => !known.has(node.id));
    if (fresh.length === 0) return;
    const before = await readPoints(context);
    let after = before;
    for (const { serverName } of fresh)
      if (findPoint(after, serverName) === undefined)
        after = addPoint(after, { requestId: '', serverName }, { siteCode: context.site.siteCode });
    const { settings, ...changes } = await pointsChange(context, before, after);
    await context.database.commit({
      ...changes,
      settings: { ...settings, ...knownPointsChange([...known, ...fresh.map((node) => node.id)]) },
    });
    for (const { serverName } of fresh) context.log.write(`The software update point ${serverName} has joined.`);
  });
}
