import { readSettings, type ComponentSettings } from './ComponentSettings.js';
import { settingsBelow } from './hierarchy/inheritedSettings.js';
import type { SiteContext } from './SiteContext.js';

/** The settings that a site works with: those that are stored, and below a parent what follows from that. */
export async function siteSettings({
  database,
  site,
  parent,
}: Pick<SiteContext, 'database' | 'site' | 'parent'>): Promise<ComponentSettings> {
  return settingsBelow(await readSettings(database, site.serverName), parent);
}
