import type { LinkState } from '../../contract/generated/types.js';
import { alertSwitchChange } from '../../state/alertStore.js';
import { readSettings, settingsChange } from '../../state/ComponentSettings.js';
import type { SiteContext } from '../../state/SiteContext.js';
import { changedCategories, subscribedCategories } from '../../state/subscribedCategories.js';
import { handledChange, readHandled } from './hierarchyState.js';

/**
 * Takes the parent's settings over: they, what they make of the categories, and that they are handled, in one
 * transaction. True when there were new ones.
 */
export async function applySettings(
  context: SiteContext,
  { settingsVersion, settings }: Pick<LinkState, 'settingsVersion' | 'settings'>,
): Promise<boolean> {
  const { database, site } = context;
  return context.settingsMutex.take(async () => {
    const handled = await readHandled(database);
    if (handled.settingsVersion === settingsVersion) return false;
    const stored = await database.categories();
    const changed = await subscribedCategories(context, {
      ...(await readSettings(database, site.serverName)),
      ...settings,
    });
    const alert = await alertSwitchChange(database, changed.settings.syncFailureAlert, {
      site,
      now: context.now().getTime(),
    });
    await database.commit({
      settings: { ...settingsChange(changed.settings), ...alert, ...handledChange({ ...handled, settingsVersion }) },
      categories: changedCategories(stored, changed.categories),
    });
    return true;
  });
}
