import type { ComponentSetRequest } from '../contract/generated/types.js';
import type { CategoryNode } from '../criteria/subscription.js';
import { SyncError } from '../errors/SyncError.js';
import type { Steps } from '../platform/inTurns.js';
import { decodeSchedule, encodeSchedule } from '../schedule/scheduleString.js';
import type { ComponentSettings } from '../state/ComponentSettings.js';
import { changeLanguages } from './changeLanguages.js';
import { changeSelections } from './changeSelections.js';
import { changeSource, checkedBundle, checkProxy } from './changeSource.js';

type Hook = Pick<ComponentSettings, 'afterSyncCommand' | 'afterSyncArguments'>;

/**
 * The after-sync command and its arguments after a change: another command begins without arguments, '' takes both
 * away.
 * @throws SyncError ContradictoryParameters for arguments of no command
 */
function changeAfterSyncCommand(settings: Hook, request: ComponentSetRequest): Hook {
  const afterSyncCommand = request.afterSyncCommand ?? settings.afterSyncCommand;
  const kept = afterSyncCommand === settings.afterSyncCommand ? settings.afterSyncArguments : [];
  const afterSyncArguments = request.afterSyncArgument ?? kept;
  if (afterSyncCommand === '' && afterSyncArguments.length > 0)
    throw new SyncError('ContradictoryParameters', { reason: 'AfterSyncArgument needs AfterSyncCommand' });
  return { afterSyncCommand, afterSyncArguments };
}

type Rules = Pick<
  ComponentSettings,
  'immediatelyExpireSupersedence' | 'waitMonth' | 'immediatelyExpireSupersedenceForFeature' | 'waitMonthForFeature'
>;

/** What is asked for of one rule, what is stored, and what the parameters are called. */
interface RuleChange {
  readonly immediately: boolean | undefined;
  readonly months: number | undefined;
  readonly stored: boolean;
  readonly names: readonly [string, string];
}

/**
 * Both supersedence rules after a change: months belong to a rule that waits (configmgr.md section 1.2); one that is
 * told to
 * wait without them keeps the months it had, 3 at first.
 * @throws SyncError ContradictoryParameters
 */
function changeSupersedenceRules(settings: Rules, request: ComponentSetRequest): Rules {
  const {
    immediatelyExpireSupersedence: atOnce,
    waitMonth,
    immediatelyExpireSupersedenceForFeature: featureAtOnce,
    waitMonthForFeature,
  } = request;
  check({
    immediately: atOnce,
    months: waitMonth,
    stored: settings.immediatelyExpireSupersedence,
    names: ['ImmediatelyExpireSupersedence', 'WaitMonth'],
  });
  check({
    immediately: featureAtOnce,
    months: waitMonthForFeature,
    stored: settings.immediatelyExpireSupersedenceForFeature,
    names: ['ImmediatelyExpireSupersedenceForFeature', 'WaitMonthForFeature'],
  });
  return {
    immediatelyExpireSupersedence: atOnce ?? settings.immediatelyExpireSupersedence,
    waitMonth: waitMonth ?? settings.waitMonth,
    immediatelyExpireSupersedenceForFeature: featureAtOnce ?? settings.immediatelyExpireSupersedenceForFeature,
    waitMonthForFeature: waitMonthForFeature ?? settings.waitMonthForFeature,
  };
}

function check({ immediately, months, stored, names: [rule, wait] }: RuleChange): void {
  if (months === undefined) return;
  if (immediately === true)
    throw new SyncError('ContradictoryParameters', {
      reason: `${wait} cannot be combined with ${rule} true: updates that expire at once do not wait`,
    });
  if (immediately === undefined && stored)
    throw new SyncError('ContradictoryParameters', {
      reason: `${wait} needs ${rule} false: the site expires superseded updates at once`,
    });
}

type ThirdParty = Pick<ComponentSettings, 'thirdPartyUpdates' | 'manualCertManagement'>;

/**
 * The switches for third-party updates after a change: they are kept as the product keeps them, and a warning says that
 * catalogues
 * of other publishers are not synchronized. Who manages the certificate matters only while they are on.
 * @throws SyncError ContradictoryParameters
 */
function changeThirdParty(settings: ThirdParty, request: ComponentSetRequest, warnings: string[]): ThirdParty {
  const { enableThirdPartyUpdates: enabled, enableManualCertManagement: manual } = request;
  const isOn = enabled ?? settings.thirdPartyUpdates;
  if (manual !== undefined && !isOn) {
    throw new SyncError('ContradictoryParameters', {
      reason: 'EnableManualCertManagement needs EnableThirdPartyUpdates true: third-party updates are turned off',
    });
  }
  if (enabled === true || manual !== undefined) {
    warnings.push(
      'This setting is stored, but catalogues of other publishers are not synchronized: only updates that the ' +
        'upstream itself offers are.',
    );
  }
  return { thirdPartyUpdates: isOn, manualCertManagement: isOn && (manual ?? settings.manualCertManagement) };
}

/** The settings after a change, and what the administrator is told. */
interface ChangedSettings {
  readonly settings: ComponentSettings;
  readonly warnings: readonly string[];
}

/**
 * Works out the settings after a `component/set`; everything is checked before anything is changed.
 * @throws SyncError UnknownCategory, UnknownLanguage, LanguageSetEmpty, ContradictoryParameters, UpstreamUrlInvalid,
 * CABundleInvalid, ScheduleStringInvalid
 */
export function* changeSettings(
  settings: ComponentSettings,
  request: ComponentSetRequest,
  categories: readonly CategoryNode[],
): Steps<ChangedSettings> {
  const warnings: string[] = [];
  if (request.proxyServer !== undefined) checkProxy(request.proxyServer);
  const next: ComponentSettings = {
    ...settings,
    ...plain(request),
    ...changeSource(settings, request),
    ...changeSupersedenceRules(settings, request),
    ...changeAfterSyncCommand(settings, request),
    ...changeThirdParty(settings, request, warnings),
    subscription: yield* changeSelections(settings.subscription, request, { categories, warnings }),
    summaryLanguages: changeLanguages(settings.summaryLanguages, 'summary detail', {
      add: request.addLanguageSummaryDetail,
      remove: request.removeLanguageSummaryDetail,
      warnings,
    }),
    updateFileLanguages: changeLanguages(settings.updateFileLanguages, 'update file', {
      add: request.addLanguageUpdateFile,
      remove: request.removeLanguageUpdateFile,
      warnings,
    }),
    schedule: request.schedule === undefined ? settings.schedule : encodeSchedule(decodeSchedule(request.schedule)),
    sourceCABundle:
      request.sourceCABundle === undefined ? settings.sourceCABundle : checkedBundle(request.sourceCABundle),
  };
  return { settings: next, warnings };
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
