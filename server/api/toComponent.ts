import { X509Certificate } from 'node:crypto';
import type { Component, EmbeddedProperty } from '../contract/generated/types.js';
import { indexed, mapped, sorted, together } from '../criteria/collections.js';
import { findLanguage } from '../criteria/languages.js';
import type { Steps } from '../platform/inTurns.js';
import { describeToken } from '../schedule/describeToken.js';
import { decodeSchedule } from '../schedule/scheduleString.js';
import { spreadText } from '../schedule/spread.js';
import type { SiteFolder } from '../site/SiteFolder.js';
import {
  type ComponentSettings,
  CONTENT_FILE_OPTIONS,
  REPORTING_EVENTS,
  SYNCHRONIZE_ACTIONS,
} from '../state/ComponentSettings.js';
import { findPoint, newSoftwareUpdatePoint, type SoftwareUpdatePoints } from '../state/SoftwareUpdatePoint.js';
import type { NextSync } from '../state/nextRun.js';
import type { CategoryRow } from '../store/rows.js';
import { categoryKin, nameWithFamily } from './categoryKin.js';
import { splitCertificates } from './changeSource.js';

/**
 * Props of SMS_WSUS_CONFIGURATION_MANAGER (configmgr.md section 2.5), in a stable order. There is no SQL index to add
 * here.
 */
function configurationProps(settings: ComponentSettings, points: SoftwareUpdatePoints): EmbeddedProperty[] {
  const { httpPort, httpsPort, isSsl } = findPoint(points, points.defaultServer) ?? newSoftwareUpdatePoint('');
  return [
    text('DefaultWSUS', points.defaultServer),
    number('DefaultWSUSIISPort', httpPort),
    number('DefaultWSUSIISSSLPort', httpsPort),
    number('SSLDefaultWSUS', Number(isSsl)),
    number('DefaultUseParentWSUS', SYNCHRONIZE_ACTIONS.indexOf(settings.synchronizeAction)),
    text('ParentWSUS', settings.upstreamSourceLocation.replace(/^[a-z]+:\/\//i, '').replace(/\/.*$/, '')),
    number('ClientReportingLevel', REPORTING_EVENTS.indexOf(settings.reportingEvent)),
    text('SupportedTitleLanguages', settings.summaryLanguages.join(',')),
    text('SupportedUpdateLanguages', settings.updateFileLanguages.join(',')),
    number('Sync Supersedence Mode For NonFeature', settings.immediatelyExpireSupersedence ? 0 : 1),
    number('Sync Supersedence Mode For Feature', settings.immediatelyExpireSupersedenceForFeature ? 0 : 1),
    number('Sync Supersedence Age For NonFeature', settings.waitMonth),
    number('Sync Supersedence Age For Feature', settings.waitMonthForFeature),
    number('Call WSUS Cleanup', Number(settings.callWsusCleanup)),
    number('Call WSUS Indexing', 0),
    // The product's own spelling.
    number('Call WSUS Delete Obselete Updates', Number(settings.deleteObsoleteUpdates)),
    // Neither has an effect yet: no Surface drivers are fetched, no clients scan.
    number('Sync Catalog Drivers', 0),
    text('WSUS Scan Retry Error Codes', '{}'),
  ];
}

/** Props of SMS_WSUS_SYNC_MANAGER; run times in seconds. */
function syncManagerProps(settings: ComponentSettings): EmbeddedProperty[] {
  return [
    { PropertyName: 'Sync Schedule', Value: 0, Value1: settings.schedule, Value2: '' },
    number('Full Sync Interval (days)', settings.fullSyncIntervalDays),
    number('Updates Cleanup Age', settings.updatesCleanupAgeDays),
    number('Sync ExpressFiles', CONTENT_FILE_OPTIONS.indexOf(settings.contentFileOption)),
    number('EnableThirdPartyUpdates', thirdPartyValue(settings)),
    number('MaxInstallTime-ServicePack', settings.featureUpdateMaxRuntimeMins * 60),
    number('MaxInstallTime-Windows', settings.nonFeatureUpdateMaxRuntimeMins * 60),
    number('MaxInstallTime-NonWindows', settings.nonWindowsUpdateMaxRuntimeMins * 60),
  ];
}

/** 0 off, 1 on with a certificate of the administrator, 2 on with a managed one. */
function thirdPartyValue({ thirdPartyUpdates, manualCertManagement }: ComponentSettings): number {
  if (!thirdPartyUpdates) return 0;
  return manualCertManagement ? 1 : 2;
}

function text(name: string, value: string): EmbeddedProperty {
  return { PropertyName: name, Value: 0, Value1: 'REG_SZ', Value2: value };
}

function number(name: string, value: number): EmbeddedProperty {
  return { PropertyName: name, Value: value, Value1: '', Value2: '' };
}

type ComponentName = 'SMS_WSUS_CONFIGURATION_MANAGER' | 'SMS_WSUS_SYNC_MANAGER';

const NAMED_SERVER_INSTALLED = 6;

/**
 * What a component is made of beside its settings; `missing`: ids of categories that the upstream does not offer any
 * more.
 */
interface ComponentSurroundings {
  readonly site: Pick<SiteFolder, 'siteCode' | 'serverName'>;
  readonly categories: readonly CategoryRow[];
  readonly missing: readonly string[];
  readonly next: NextSync;
  readonly points: SoftwareUpdatePoints;
}

/**
 * SMS_SCI_Component of one of the two components (configmgr.md section 2.5), Props in a stable order, then ours; in
 * steps, because a site can have very many products.
 */
export function* toComponent(
  name: ComponentName,
  settings: ComponentSettings,
  around: ComponentSurroundings,
): Steps<Component> {
  const { site, next } = around;
  const isSync = name === 'SMS_WSUS_SYNC_MANAGER';
  return {
    ComponentName: name,
    FileType: 2,
    Flag: NAMED_SERVER_INSTALLED,
    ItemName: `${name}|${isSync ? 'SMS Site Server' : site.serverName}`,
    ItemType: 'Component',
    Name: isSync ? 'SMS Site Server' : site.serverName,
    SiteCode: site.siteCode,
    Props: isSync ? syncManagerProps(settings) : configurationProps(settings, around.points),
    PropLists: [],
    SynchronizeAction: settings.synchronizeAction,
    UpstreamSourceLocation: settings.upstreamSourceLocation,
    ...(yield* namesOfSelected(settings, around)),
    PendingCategories: settings.subscription.pending.map((entry) => `${entry.type}:${entry.name}`),
    MissingCategories: yield* missingNames(settings, around),
    LanguageSummaryDetails: languageNames(settings.summaryLanguages),
    LanguageUpdateFiles: languageNames(settings.updateFileLanguages),
    ...ruleParts(settings),
    FeatureUpdateMaxRuntimeMins: settings.featureUpdateMaxRuntimeMins,
    NonFeatureUpdateMaxRuntimeMins: settings.nonFeatureUpdateMaxRuntimeMins,
    NonWindowsUpdateMaxRuntimeMins: settings.nonWindowsUpdateMaxRuntimeMins,
    AfterSyncCommand: settings.afterSyncCommand,
    AfterSyncArguments: [...settings.afterSyncArguments],
    ProxyServer: settings.proxyServer,
    NoProxy: [...settings.noProxy],
    SourceCABundle: splitCertificates(settings.sourceCABundle).map((pem) =>
      new X509Certificate(pem).subject.replaceAll('\n', ', '),
    ),
    TrustedPackageSigners: [...settings.trustedPackageSigners],
    ScheduleSpreadMinutes: settings.scheduleSpreadMinutes,
    ScheduleDescription: scheduleWords(settings),
    NextSyncTime: next.time === undefined ? null : new Date(next.time).toISOString(),
    NextSyncReason: next.reason,
  };
}

function scheduleWords({ schedule, scheduleSpreadMinutes }: ComponentSettings): string {
  const words = decodeSchedule(schedule).map(describeToken).join('; ');
  return words === '' ? '' : words + spreadText(scheduleSpreadMinutes);
}

/** Those that are still selected, as TypeName:Name. */
function* missingNames(settings: ComponentSettings, { categories, missing }: ComponentSurroundings): Steps<string[]> {
  if (missing.length === 0) return [];
  const selected = yield* together(...Object.values(settings.subscription.selected));
  const gone = new Set(missing);
  return categories
    .filter((category) => selected.has(category.updateId) && gone.has(category.updateId))
    .map((category) => `${category.typeName}:${category.title}`);
}

/** What decides when updates expire, are removed and are looked at again. */
function ruleParts(settings: ComponentSettings) {
  return {
    ImmediatelyExpireSupersedence: settings.immediatelyExpireSupersedence,
    WaitMonth: settings.waitMonth,
    ImmediatelyExpireSupersedenceForFeature: settings.immediatelyExpireSupersedenceForFeature,
    WaitMonthForFeature: settings.waitMonthForFeature,
    EnableCallWsusCleanupWizard: settings.callWsusCleanup,
    EnableDeleteObsoleteUpdates: settings.deleteObsoleteUpdates,
    EnableSyncFailureAlert: settings.syncFailureAlert,
    EnableThirdPartyUpdates: settings.thirdPartyUpdates,
    EnableManualCertManagement: settings.manualCertManagement,
    ObsoleteAgeDays: settings.obsoleteAgeDays,
    UpdatesCleanupAgeDays: settings.updatesCleanupAgeDays,
    FullSyncIntervalDays: settings.fullSyncIntervalDays,
    MassExpiryLimitPercent: settings.massExpiryLimitPercent,
  } satisfies Partial<Component>;
}

/** Titles of the selected categories in order; one that vanished upstream shows its id. */
function* namesOfSelected({ subscription }: ComponentSettings, { categories }: ComponentSurroundings) {
  const { selected } = subscription;
  const kin = selected.Product.length === 0 ? undefined : yield* categoryKin(categories);
  const rows = yield* indexed(categories, (row) => row.updateId);
  const namesOf = (ids: readonly string[], nameOf: (row: CategoryRow) => string): Steps<string[]> =>
    namesInOrder(ids, (id) => {
      const row = rows.get(id);
      return row === undefined ? id : nameOf(row);
    });
  return {
    Products: yield* namesOf(selected.Product, titleOf),
    ProductsWithFamily: yield* namesOf(selected.Product, (row) => (kin ? nameWithFamily(row, kin) : row.title)),
    ProductFamilies: yield* namesOf(selected.ProductFamily, titleOf),
    Companies: yield* namesOf(selected.Company, titleOf),
    UpdateClassifications: yield* namesOf(selected.UpdateClassification, titleOf),
  } satisfies Partial<Component>;
}

function* namesInOrder(ids: readonly string[], nameOf: (id: string) => string): Steps<string[]> {
  return yield* sorted(yield* mapped(ids, nameOf), new Intl.Collator('en').compare);
}

function titleOf({ title }: CategoryRow): string {
  return title;
}

function languageNames(codes: readonly string[]): string[] {
  return codes.map((code) => findLanguage(code)?.name ?? code);
}
