import type { ComponentSetRequest } from '../contract/generated/types.js';
import type { CategoryNode } from '../criteria/subscription.js';
import { SyncError } from '../errors/SyncError.js';
import { decodeSchedule, encodeSchedule } from '../schedule/scheduleString.js';
import type { ComponentSettings } from '../state/ComponentSettings.js';
import { changeAfterSyncCommand } from './settings/changeAfterSyncCommand.js';
import { changeLanguages } from './settings/changeLanguages.js';
import { changeSelections } from './settings/changeSelections.js';
import { changeSource, checkProxy } from './settings/changeSource.js';
import { changeSupersedenceRules } from './settings/changeSupersedenceRules.js';
import { changeThirdParty } from './settings/changeThirdParty.js';
import { checkedBundle } from './settings/checkedBundle.js';

/** The settings after a change, and what the administrator is told. */
export interface ChangedSettings {
  readonly settings: ComponentSettings;
  readonly warnings: readonly string[];
}

/**
 * Works out the settings after a `component/set`; everything is checked before anything is changed.
 * @throws SyncError UnknownCategory, UnknownLanguage, LanguageSetEmpty, ContradictoryParameters, UpstreamUrlInvalid,
 * CABundleInvalid, ScheduleStringInvalid
 */
export function changeSettings(
  settings: ComponentSettings,
  request: ComponentSetRequest,
  categories: readonly CategoryNode[],
): ChangedSettings {
  const warnings: string[] = [];
  refuseBoth(request);
  if (request.proxyServer !== undefined) checkProxy(request.proxyServer);
  const next: ComponentSettings = {
    ...settings,
    ...plain(request),
    ...changeSource(settings, request),
    ...changeSupersedenceRules(settings, request),
    ...changeAfterSyncCommand(settings, request),
    ...changeThirdParty(settings, request, warnings),
    subscription: changeSelections(settings.subscription, request, { categories, warnings }),
    summaryLanguages: changeLanguages(settings.summaryLanguages, 'summary detail', {
      add: request.addLanguageSummaryDetail,
      remove: request.removeLanguageSummaryDetail,
    }),
    updateFileLanguages: changeLanguages(settings.updateFileLanguages, 'update file', {
      add: request.addLanguageUpdateFile,
      remove: request.removeLanguageUpdateFile,
    }),
    schedule: request.schedule === undefined ? settings.schedule : encodeSchedule(decodeSchedule(request.schedule)),
    sourceCABundle:
      request.sourceCABundle === undefined ? settings.sourceCABundle : checkedBundle(request.sourceCABundle),
  };
  return { settings: next, warnings };
}

/** What is added is not removed at the same time. */
function refuseBoth(request: ComponentSetRequest): void {
  for (const kind of ['Product', 'ProductFamily', 'Company', 'UpdateClassification'] as const) {
    const removed = new Set((request[`remove${kind}`] ?? []).map((name) => name.toLowerCase()));
    const both = request[`add${kind}`]?.find((name) => removed.has(name.toLowerCase()));
    if (both !== undefined)
      throw new SyncError('ContradictoryParameters', { reason: `The ${kind} ${both} is to be added and removed` });
  }
}

/** What is stored as it is given; the schema has checked it. */
function plain(request: ComponentSetRequest): Partial<ComponentSettings> {
  const given = {
    reportingEvent: request.reportingEvent,
    contentFileOption: request.contentFileOption,
    featureUpdateMaxRuntimeMins: request.featureUpdateMaxRuntimeMins,
    nonFeatureUpdateMaxRuntimeMins: request.nonFeatureUpdateMaxRuntimeMins,
    nonWindowsUpdateMaxRuntimeMins: request.nonWindowsUpdateMaxRuntimeMins,
    proxyServer: request.proxyServer,
    proxyUserName: request.proxyUserName,
    noProxy: request.noProxy,
    callWsusCleanup: request.enableCallWsusCleanupWizard,
    deleteObsoleteUpdates: request.enableDeleteObsoleteUpdates,
    obsoleteAgeDays: request.obsoleteAgeDays,
    syncFailureAlert: request.enableSyncFailureAlert,
    updatesCleanupAgeDays: request.updatesCleanupAgeDays,
    fullSyncIntervalDays: request.fullSyncIntervalDays,
    massExpiryLimitPercent: request.massExpiryLimitPercent,
    scheduleSpreadMinutes: request.scheduleSpreadMinutes,
    trustedPackageSigners: request.trustedPackageSigner?.map((fingerprint) => fingerprint.toLowerCase()),
  };
  return Object.fromEntries(Object.entries(given).filter((entry) => entry[1] !== undefined));
}
