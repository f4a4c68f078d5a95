import { readSettings } from '../../state/ComponentSettings.js';
import type { SiteContext } from '../../state/SiteContext.js';
import { readTold, toldChange, type ToldSettings } from './hierarchyState.js';
import { inheritedOf } from '../../state/inheritedSettings.js';

/**
 * The settings that flow down as they are now; their version is one higher than when they were told last if they have
 * changed.
 */
export async function toldSettings({ database, site, settingsMutex }: SiteContext): Promise<ToldSettings> {
  return settingsMutex.take(async () => {
    const settings = inheritedOf(await readSettings(database, site.serverName));
    const told = await readTold(database);
    if (told !== undefined && JSON.stringify(told.settings) === JSON.stringify(settings)) return told;
    const next = { version: (told?.version ?? 0) + 1, settings };
    await database.commit({ settings: toldChange(next) });
    return next;
  });
}
