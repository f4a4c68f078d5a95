import type { Component, ComponentGetRequest, ComponentSetRequest, ComponentSetResult } from '../../contract/generated/types.js';
import type { SiteDatabase } from '../../store/SiteDatabase.js';
import { STATE } from '../catalogueState.js';
import { changeSettings } from '../changeSettings.js';
import { readSettings, settingsChange } from '../ComponentSettings.js';
import type { ServiceParts } from '../createEngineService.js';
import { toComponent } from '../objects/toComponent.js';
import type { SiteContext } from '../SiteContext.js';
import { nodesOf, subscribedCategories } from '../subscribedCategories.js';

/** `component/get`. */
export async function getComponent(context: SiteContext, params: ComponentGetRequest): Promise<Component> {
  const { site, database } = context;
  const settings = await readSettings(database, site.serverName);
  return toComponent(params.component ?? 'SMS_WSUS_CONFIGURATION_MANAGER', settings, { site, categories: await database.categories(), missing: await missingIds(database) });
}

async function missingIds(database: SiteDatabase): Promise<readonly string[]> {
  return ((await database.setting(STATE.missingCategories)) as readonly string[] | undefined) ?? [];
}

/** `component/set`: the settings, what the subscription makes of the categories, and the answer in one transaction. */
export async function setComponent(parts: ServiceParts, params: ComponentSetRequest): Promise<ComponentSetResult> {
  return parts.context.settingsTurns.take(async () => changeComponent(parts, params));
}

async function changeComponent(parts: ServiceParts, params: ComponentSetRequest): Promise<ComponentSetResult> {
  const { context } = parts;
  const { site, database } = context;
  const before = await readSettings(database, site.serverName);
  const changed = changeSettings(before, params, nodesOf(await database.categories()));
  const { categories, settings } = await subscribedCategories(context, changed.settings);
  const isOtherProxy = settings.proxyServer !== before.proxyServer;
  if (params.proxyPassword !== undefined || isOtherProxy) await parts.keepProxyPassword(params.proxyPassword ?? '');
  const component = toComponent('SMS_WSUS_CONFIGURATION_MANAGER', settings, { site, categories, missing: await missingIds(database) });
  const result: ComponentSetResult = { component, warnings: [...changed.warnings] };
  await database.commit({
    settings: settingsChange(settings), categories,
    request: { requestId: params.requestId, method: 'component/set', result: JSON.stringify(result), time: context.now().getTime() },
  });
  return result;
}
