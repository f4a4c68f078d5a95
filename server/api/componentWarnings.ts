import type { ComponentSetRequest } from '../contract/generated/types.js';
import { inTurns } from '../platform/inTurns.js';
import { type ComponentSettings, prepareKey, rulesKey } from '../state/ComponentSettings.js';
import type { SiteContext } from '../state/SiteContext.js';
import { afterSyncRefusal } from '../state/afterSyncRefusal.js';
import { unkeptSetting } from '../state/keeper.js';
import type { NextSync } from '../state/nextRun.js';
import type { SiteDatabase } from '../store/SiteDatabase.js';

/** What a `component/set` has come to. */
interface ComponentChange {
  readonly request: ComponentSetRequest;
  readonly before: ComponentSettings;
  readonly settings: ComponentSettings;
  readonly next: NextSync;
}

/** What an administrator is told of settings that have no effect as they are. */
export async function componentWarnings(
  context: SiteContext,
  { request, before, settings, next }: ComponentChange,
): Promise<readonly string[]> {
  return [
    ...scheduleWarnings(settings, next),
    ...keeperWarnings(context, request, settings.schedule !== '' && next.time !== undefined),
    ...afterSyncWarnings(context, request, settings),
    ...(await storedWarnings(context.database, before, settings)),
  ];
}

function scheduleWarnings(settings: ComponentSettings, next: NextSync): readonly string[] {
  if (settings.schedule === '' || next.requester === 'Retry' || next.time !== undefined) return [];
  return [`The schedule ${settings.schedule} starts no synchronization: ${next.reason}.`];
}

/** Times of a schedule, and an alert for what happens at them, need an engine that stays. */
function keeperWarnings({ keeper }: SiteContext, asked: ComponentSetRequest, occurs: boolean): readonly string[] {
  const { schedule, scheduleSpreadMinutes, synchronizeAction, upstreamSourceLocation } = asked;
  const setsTimes = [schedule, scheduleSpreadMinutes, synchronizeAction, upstreamSourceLocation].some(
    (value) => value !== undefined,
  );
  const text = unkeptSetting(keeper(), {
    setsTimes: setsTimes && occurs,
    setsAlert: asked.enableSyncFailureAlert === true,
  });
  return text === undefined ? [] : [text];
}

/** Setting a command that this engine will not run is not an error: it may become a service that does. */
function afterSyncWarnings(
  { refusesAfterSyncCommand }: SiteContext,
  params: ComponentSetRequest,
  settings: ComponentSettings,
): readonly string[] {
  const refusal =
    params.afterSyncCommand === undefined
      ? undefined
      : afterSyncRefusal(settings.afterSyncCommand, refusesAfterSyncCommand);
  return refusal === undefined ? [] : [refusal];
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
