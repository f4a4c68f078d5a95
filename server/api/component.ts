import { unkeptSetting } from '../state/keeper.js';
import type {
  Component,
  ComponentGetRequest,
  ComponentSetRequest,
  ComponentSetResult,
} from '../contract/generated/types.js';
import { inTurns, turn } from '../platform/inTurns.js';
import { checkHookFile } from '../platform/runHook.js';
import { prepareKey, rulesKey } from '../state/ComponentSettings.js';
import type { ComponentSettings } from '../state/ComponentSettings.js';
import type { SiteContext } from '../state/SiteContext.js';
import { afterSyncRefusal } from '../state/afterSyncRefusal.js';
import { alertPart, alertSwitchChange } from '../state/alertStore.js';
import { pointOf } from '../state/changePoints.js';
import { settingsBelow, siteSettings, withoutInherited } from '../state/inheritedSettings.js';
import { scheduleFacts, nextSync, newCountSince, readScheduleFacts, shownReason } from '../state/nextRun.js';
import type { ScheduleFacts, NextSync } from '../state/nextRun.js';
import { readSettings, settingsChange } from '../state/settingsStore.js';
import { defaultDue, readPoints } from '../state/softwareUpdatePoints.js';
import { changedCategories, nodesOf, subscribedCategories } from '../state/subscribedCategories.js';
import type { SiteDatabase } from '../store/SiteDatabase.js';
import type { Asked, KeepAnswer } from './Handler.js';
import type { ServiceParts } from './ServiceParts.js';
import { changeSettings } from './changeSettings.js';
import { toComponent } from './toComponent.js';
import { readState, STATE, stateChange } from '../state/siteState.js';

/** `component/get`. */
export async function getComponent({ context, runner }: ServiceParts, params: ComponentGetRequest): Promise<Component> {
  const { site, database } = context;
  const settings = await siteSettings(context);
  const next = shown(context, nextSync(await readScheduleFacts(context, runner.current !== undefined)));
  const around = {
    site,
    categories: await database.categories(),
    missing: await missingIds(database),
    next,
    points: await readPoints(context),
  };
  return inTurns(toComponent(params.component ?? 'SMS_WSUS_CONFIGURATION_MANAGER', settings, around));
}

async function missingIds(database: SiteDatabase): Promise<readonly string[]> {
  return (await readState(database, STATE.missingCategories)) ?? [];
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
  const { site, database } = context;
  const { request: params, warnings } =
    context.parent === undefined ? { request: asked, warnings: [] } : withoutInherited(asked);
  if (params.afterSyncCommand !== undefined && params.afterSyncCommand !== '')
    await checkHookFile(params.afterSyncCommand);
  const before = await readSettings(database, site.serverName);
  const stored = await database.categories();
  const points = await readPoints(context);
  const defaultServer =
    params.defaultWsusServer === undefined
      ? points.defaultServer
      : pointOf(points, params.defaultWsusServer, site.siteCode).serverName;
  const nodes = await inTurns(nodesOf(stored));
  const changed = await inTurns(changeSettings({ ...before, defaultWsusServer: defaultServer }, params, nodes));
  await turn();
  const { categories, settings } = await subscribedCategories(context, changed.settings);
  await turn();
  const isOtherProxy = settings.proxyServer !== before.proxyServer;
  if (params.proxyPassword !== undefined || isOtherProxy) await parts.keepProxyPassword(params.proxyPassword ?? '');
  const since = newCountSince(before, settings, await factsWith(parts, before));
  const next = nextSync(await factsWith(parts, settings, since));
  await turn();
  const around = {
    site,
    categories,
    missing: await missingIds(database),
    next: shown(context, next),
    points: { ...points, defaultServer },
  };
  const component = await inTurns(
    toComponent('SMS_WSUS_CONFIGURATION_MANAGER', settingsBelow(settings, context.parent), around),
  );
  await turn();
  const result: ComponentSetResult = {
    component,
    warnings: [
      ...warnings,
      ...changed.warnings,
      ...scheduleWarnings(settings, next),
      ...keeperWarnings(context, params, next),
      ...afterSyncWarnings(parts, params, settings),
      ...(await storedWarnings(database, before, settings)),
    ],
  };
  const changedRows = await inTurns(changedCategories(stored, categories));
  const now = context.now().getTime();
  const switched = await alertSwitchChange(database, settings.syncFailureAlert, { site, now });
  const alert = await alertPart(database, switched);
  await database.commit({
    ...alert,
    settings: {
      ...settingsChange(settings),
      ...stateChange({
        scheduledSince: since,
        ...(defaultServer === points.defaultServer ? {} : defaultDue(context.now())),
      }),
      ...alert.settings,
    },
    categories: changedRows,
    ...keep(result),
  });
  return result;
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

/** Setting a command that this engine will not run is not an error: it may become a service that does. */
function afterSyncWarnings(
  { context }: ServiceParts,
  params: ComponentSetRequest,
  settings: ComponentSettings,
): readonly string[] {
  const refusal =
    params.afterSyncCommand === undefined
      ? undefined
      : afterSyncRefusal(settings.afterSyncCommand, context.refusesAfterSyncCommand);
  return refusal === undefined ? [] : [refusal];
}

function shown({ keeper, parent }: SiteContext, next: NextSync): NextSync {
  return { ...next, reason: shownReason(next, { keeper: keeper(), isChild: parent !== undefined }) };
}

/** Times, and an alert for what happens at them, need an engine that stays. */
function keeperWarnings({ keeper }: SiteContext, asked: ComponentSetRequest, next: NextSync): readonly string[] {
  const { schedule, scheduleSpreadMinutes, synchronizeAction, upstreamSourceLocation } = asked;
  const setsTimes = [schedule, scheduleSpreadMinutes, synchronizeAction, upstreamSourceLocation].some(
    (value) => value !== undefined,
  );
  const text = unkeptSetting(keeper(), {
    setsTimes: setsTimes && next.time !== undefined,
    setsAlert: asked.enableSyncFailureAlert === true,
  });
  return text === undefined ? [] : [text];
}

/** Without a source nothing comes by itself that looks at what packages have brought. */
async function storedWarnings(
  database: SiteDatabase,
  before: ComponentSettings,
  settings: ComponentSettings,
): Promise<readonly string[]> {
  const hasSource = settings.synchronizeAction !== 'DoNotSynchronizeFromMicrosoftUpdateOrUpstreamDataSource';
  if (hasSource || (await database.highestRevision()) === 0) return [];
  const [was, is] = [await inTurns(prepareKey(before)), await inTurns(prepareKey(settings))];
  if (was === is && rulesKey(before) === rulesKey(settings)) return [];
  return [
    'The site has no synchronization source. Sync-CMSoftwareUpdate (configmgrsync sync) applies these settings to ' +
      'the updates that it has already imported. No new package is needed.',
  ];
}

function scheduleWarnings(settings: ComponentSettings, next: NextSync): readonly string[] {
  if (settings.schedule === '' || next.requester === 'Retry' || next.time !== undefined) return [];
  return [`The schedule ${settings.schedule} starts no synchronization: ${next.reason}.`];
}
