import type { SiteChanges } from '../../store/SiteChanges.js';
import { STATE, type FullDue } from '../catalogueState.js';
import { readSettings, settingsChange } from '../ComponentSettings.js';
import type { SiteContext } from '../SiteContext.js';
import { POINTS_SETTING } from './readPoints.js';
import { isSameServer } from '../../site/isSameServer.js';
import { findPoint, type SoftwareUpdatePoints } from './SoftwareUpdatePoint.js';

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
    settings: { [POINTS_SETTING]: after.points, ...settings, ...(isOtherDefault ? defaultDue(now()) : {}) },
    removedStatuses: gone.map((point) => point.serverName),
  };
}

/** The setting that makes the next synchronization a full one because of the default. */
export function defaultDue(now: Date): Readonly<Record<string, FullDue>> {
  return { [STATE.fullDue]: { reason: DEFAULT_CHANGED, since: now.getTime() } };
}
