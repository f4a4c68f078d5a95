import { isSameServer } from '../site/isSameServer.js';
import type { SiteChanges } from '../store/SiteChanges.js';
import type { SiteReads } from '../store/SiteDatabase.js';
import type { ComponentSettings } from './ComponentSettings.js';
import { readSettings, settingsChange } from './settingsStore.js';
import type { SiteContext } from './SiteContext.js';
import { findPoint, newSoftwareUpdatePoint, type SoftwareUpdatePoints } from './SoftwareUpdatePoint.js';
import { readState, STATE, stateChange, type StateChange } from './siteState.js';

/**
 * The software update points of a site. Until somebody adds or removes one it is the site server, as it is for every
 * new site.
 */
export async function readPoints({
  database,
  site,
}: Pick<SiteContext, 'site'> & { database: Pick<SiteReads, 'setting'> }): Promise<SoftwareUpdatePoints> {
  const stored = await readState(database, STATE.softwareUpdatePoints);
  const points = stored?.map((point) => ({ ...newSoftwareUpdatePoint(site.serverName), ...point })) ?? [
    newSoftwareUpdatePoint(site.serverName),
  ];
  const { defaultWsusServer } = await readSettings(database, site.serverName);
  const chosen = findPoint({ defaultServer: '', points }, defaultWsusServer) ?? points[0];
  return { defaultServer: chosen?.serverName ?? '', points };
}

/**
 * Stores the software update points of a site that several servers can have: until then each takes itself for the site
 * server.
 */
export async function keepPoints(context: Pick<SiteContext, 'site' | 'database'>): Promise<void> {
  const { database } = context;
  if ((await readState(database, STATE.softwareUpdatePoints)) !== undefined) return;
  const { points } = await readPoints(context);
  await database.commit({ settings: stateChange({ softwareUpdatePoints: points }) });
}

/** The reason of a full synchronization after another software update point became the default. */
export const DEFAULT_CHANGED = 'the default software update point changed';

/**
 * The part of a transaction that stores the software update points: rows of those that went go too, and another default
 * makes
 * the next synchronization a full one (configmgr.md section 4.4).
 */
export async function pointsChange(
  context: SiteContext,
  before: SoftwareUpdatePoints,
  after: SoftwareUpdatePoints,
): Promise<SiteChanges> {
  const { database, site, now } = context;
  const gone = before.points.filter((point) => findPoint(after, point.serverName) === undefined);
  const isOtherDefault = !isSameServer(before.defaultServer, after.defaultServer);
  const settings = isOtherDefault
    ? settingsChange({ ...(await readSettings(database, site.serverName)), defaultWsusServer: after.defaultServer })
    : {};
  return {
    settings: {
      ...stateChange({ softwareUpdatePoints: after.points, ...(isOtherDefault ? defaultDue(now()) : {}) }),
      ...settings,
    },
    removedStatuses: gone.map((point) => point.serverName),
  };
}

/** What makes the next synchronization a full one because of the default. */
export function defaultDue(now: Date): StateChange {
  return { fullDue: { reason: DEFAULT_CHANGED, since: now.getTime() } };
}

/**
 * The settings that a run of the default software update point works with: without the proxy where it was told not to
 * use it.
 */
export function settingsOfPoint(settings: ComponentSettings, points: SoftwareUpdatePoints): ComponentSettings {
  return findPoint(points, points.defaultServer)?.useProxy === false ? { ...settings, proxyServer: '' } : settings;
}
