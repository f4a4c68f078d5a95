import type { SiteReads } from '../../store/SiteDatabase.js';
import { readSettings } from '../ComponentSettings.js';
import type { SiteContext } from '../SiteContext.js';
import {
  findPoint,
  newSoftwareUpdatePoint,
  type SoftwareUpdatePoint,
  type SoftwareUpdatePoints,
} from './SoftwareUpdatePoint.js';

/** Name of the setting that holds them. */
export const POINTS_SETTING = 'softwareUpdatePoints';

/**
 * The software update points of a site. Until somebody adds or removes one it is the site server, as it is for every
 * new site.
 */
export async function readPoints({
  database,
  site,
}: Pick<SiteContext, 'site'> & { database: Pick<SiteReads, 'setting'> }): Promise<SoftwareUpdatePoints> {
  const stored = (await database.setting(POINTS_SETTING)) as readonly Partial<SoftwareUpdatePoint>[] | undefined;
  const points = stored?.map((point) => ({ ...newSoftwareUpdatePoint(site.serverName), ...point })) ?? [
    newSoftwareUpdatePoint(site.serverName),
  ];
  const { defaultWsusServer } = await readSettings(database, site.serverName);
  const chosen = findPoint({ defaultServer: '', points }, defaultWsusServer) ?? points[0];
  return { defaultServer: chosen?.serverName ?? '', points };
}
