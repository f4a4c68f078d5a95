import type {
  Component,
  ComponentGetRequest,
  ComponentSetRequest,
  ComponentSetResult,
} from '../contract/generated/types.js';
import { inTurns, turn } from '../platform/inTurns.js';
import { checkHookFile } from '../platform/runHook.js';
import type { ComponentSettings } from '../state/ComponentSettings.js';
import type { SiteContext } from '../state/SiteContext.js';
import type { SoftwareUpdatePoints } from '../state/SoftwareUpdatePoint.js';
import { alertPart, alertSwitchChange } from '../state/alertStore.js';
import { pointOf } from '../state/changePoints.js';
import { settingsBelow, siteSettings, withoutInherited } from '../state/inheritedSettings.js';
import { scheduleFacts, nextSync, newCountSince, readScheduleFacts, shownReason } from '../state/nextRun.js';
import type { ScheduleFacts, NextSync } from '../state/nextRun.js';
import { readSettings, settingsChange } from '../state/settingsStore.js';
import { readState, STATE, stateChange } from '../state/siteState.js';
import { defaultDue, readPoints } from '../state/softwareUpdatePoints.js';
import { changedCategories, nodesOf, subscribedCategories } from '../state/subscribedCategories.js';
import type { SiteChanges } from '../store/SiteChanges.js';
import type { CategoryRow } from '../store/rows.js';
import type { Asked, KeepAnswer } from './Handler.js';
import type { ServiceParts } from './ServiceParts.js';
import { changeSettings } from './changeSettings.js';
import { componentWarnings } from './componentWarnings.js';
import { toComponent } from './toComponent.js';

/** The component as it is stored: its settings, what they select, and which software update point is the default. */
interface StoredComponent {
  readonly settings: ComponentSettings;
  readonly categories: readonly CategoryRow[];
  readonly points: SoftwareUpdatePoints;
}

/** What an object of the component is made of. */
interface ShownComponent extends StoredComponent {
  readonly name?: ComponentGetRequest['component'];
  readonly next: NextSync;
}

/** A change of the component; `since` as the schedule counts from then on. */
interface ComponentChange {
  readonly before: StoredComponent;
  readonly after: StoredComponent;
  readonly since: number | undefined;
}

/** `component/get`. */
export async function getComponent({ context, runner }: ServiceParts, params: ComponentGetRequest): Promise<Component> {
  const settings = await siteSettings(context);
  const next = nextSync(await readScheduleFacts(context, runner.current !== undefined));
  const categories = await context.database.categories();
  const stored = { settings, categories, points: await readPoints(context) };
  return componentObject(context, { ...stored, name: params.component, next });
}

async function componentObject(
  context: SiteContext,
  { name = 'SMS_WSUS_CONFIGURATION_MANAGER', settings, next, ...around }: ShownComponent,
): Promise<Component> {
  const missing = (await readState(context.database, STATE.missingCategories)) ?? [];
  return inTurns(toComponent(name, settings, { site: context.site, missing, next: shown(context, next), ...around }));
}

function shown({ keeper, parent }: SiteContext, next: NextSync): NextSync {
  return { ...next, reason: shownReason(next, { keeper: keeper(), isChild: parent !== undefined }) };
}

/**
 * `component/set`: the settings, which software update point is the default, what the subscription makes of the
 * categories, and the answer in one transaction.
 */
export async function setComponent(
  parts: ServiceParts,
  params: ComponentSetRequest,
  { keep }: Pick<Asked, 'keep'>,
): Promise<ComponentSetResult> {
  return parts.context.settingsMutex.take(async () => changeComponent(parts, params, keep));
}

async function changeComponent(
  parts: ServiceParts,
  asked: ComponentSetRequest,
  keep: KeepAnswer,
): Promise<ComponentSetResult> {
  const { context } = parts;
  const { request, warnings: inherited } =
    context.parent === undefined ? { request: asked, warnings: [] } : withoutInherited(asked);
  if (request.afterSyncCommand !== undefined && request.afterSyncCommand !== '')
    await checkHookFile(request.afterSyncCommand);
  const before = await readComponent(context);
  const { after, warnings: changed } = await componentAfter(context, before, request);
  const isOtherProxy = after.settings.proxyServer !== before.settings.proxyServer;
  if (request.proxyPassword !== undefined || isOtherProxy) await parts.keepProxyPassword(request.proxyPassword ?? '');
  const since = newCountSince(before.settings, after.settings, await factsWith(parts, before.settings));
  const next = nextSync(await factsWith(parts, after.settings, since));
  await turn();
  const settings = settingsBelow(after.settings, context.parent);
  const component = await componentObject(context, { ...after, settings, next });
  await turn();
  const change = { request, before: before.settings, settings: after.settings, next };
  const warnings = [...inherited, ...changed, ...(await componentWarnings(context, change))];
  const result: ComponentSetResult = { component, warnings };
  await context.database.commit({ ...(await rowsOf(context, { before, after, since })), ...keep(result) });
  return result;
}

async function readComponent(context: SiteContext): Promise<StoredComponent> {
  const { database, site } = context;
  const settings = await readSettings(database, site.serverName);
  return { settings, categories: await database.categories(), points: await readPoints(context) };
}

/** The component as a request wants it, and what the administrator is told. @throws SyncError of the request */
async function componentAfter(
  context: SiteContext,
  { settings: before, categories: stored, points }: StoredComponent,
  request: ComponentSetRequest,
): Promise<{ readonly after: StoredComponent; readonly warnings: readonly string[] }> {
  const defaultServer =
    request.defaultWsusServer === undefined
      ? points.defaultServer
      : pointOf(points, request.defaultWsusServer, context.site.siteCode).serverName;
  const nodes = await inTurns(nodesOf(stored));
  const changed = await inTurns(changeSettings({ ...before, defaultWsusServer: defaultServer }, request, nodes));
  await turn();
  const { categories, settings } = await subscribedCategories(context, changed.settings);
  await turn();
  return { after: { settings, categories, points: { ...points, defaultServer } }, warnings: changed.warnings };
}

/** What is written of a change. */
async function rowsOf(context: SiteContext, { before, after, since }: ComponentChange): Promise<SiteChanges> {
  const { database, site } = context;
  const categories = await inTurns(changedCategories(before.categories, after.categories));
  const now = context.now().getTime();
  const switched = await alertSwitchChange(database, after.settings.syncFailureAlert, { site, now });
  const alert = await alertPart(database, switched);
  const isOtherDefault = before.points.defaultServer !== after.points.defaultServer;
  return {
    ...alert,
    settings: {
      ...settingsChange(after.settings),
      ...stateChange({ scheduledSince: since, ...(isOtherDefault ? defaultDue(context.now()) : {}) }),
      ...alert.settings,
    },
    categories,
  };
}

/** What the next synchronization is decided by with these settings, and the count that is to be stored with them. */
async function factsWith(
  { context, runner }: ServiceParts,
  settings: ComponentSettings,
  since?: number,
): Promise<ScheduleFacts> {
  return scheduleFacts(context, settingsBelow(settings, context.parent), {
    isRunning: runner.current !== undefined,
    scheduledSince: since ?? (await readState(context.database, STATE.scheduledSince)) ?? 0,
  });
}
