import type { SiteReads } from '../store/SiteDatabase.js';
import { type ComponentSettings, defaultSettings } from './ComponentSettings.js';
import { readState, STATE, stateChange } from './siteState.js';

/** The stored settings, completed with the defaults of what a later version added. */
export async function readSettings(
  database: Pick<SiteReads, 'setting'>,
  serverName: string,
): Promise<ComponentSettings> {
  return { ...defaultSettings(serverName), ...(await readState(database, STATE.component)) };
}

/** The part of a transaction that stores the settings. */
export function settingsChange(settings: ComponentSettings): Readonly<Record<string, unknown>> {
  return stateChange({ component: settings });
}
