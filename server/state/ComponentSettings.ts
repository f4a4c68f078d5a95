import { createHash } from 'node:crypto';
import { sorted } from '../criteria/collections.js';
import { EMPTY_SUBSCRIPTION, type Subscription } from '../criteria/subscription.js';
import { atOnce, type Steps } from '../platform/inTurns.js';

export const SYNCHRONIZE_ACTIONS = [
  'SynchronizeFromMicrosoftUpdate',
  'SynchronizeFromAnUpstreamDataSourceLocation',
  'DoNotSynchronizeFromMicrosoftUpdateOrUpstreamDataSource',
] as const;
export const REPORTING_EVENTS = [
  'DoNotCreateWsusReportingEvents',
  'CreateOnlyWsusStatusReportingEvents',
  'CreateAllWsusReportingEvents',
] as const;
export const CONTENT_FILE_OPTIONS = ['FullFilesOnly', 'ExpressForWindows10Only'] as const;

/** The software update point component of a site, as stored. Run times in minutes; languages as culture codes. */
export interface ComponentSettings {
  readonly synchronizeAction: (typeof SYNCHRONIZE_ACTIONS)[number];
  readonly upstreamSourceLocation: string;
  readonly defaultWsusServer: string;
  readonly subscription: Subscription;
  readonly summaryLanguages: readonly string[];
  readonly updateFileLanguages: readonly string[];
  readonly reportingEvent: (typeof REPORTING_EVENTS)[number];
  readonly contentFileOption: (typeof CONTENT_FILE_OPTIONS)[number];
  readonly featureUpdateMaxRuntimeMins: number;
  readonly nonFeatureUpdateMaxRuntimeMins: number;
  readonly nonWindowsUpdateMaxRuntimeMins: number;
  readonly fullSyncIntervalDays: number;
  readonly updatesCleanupAgeDays: number;
  /**
   * Supersedence rules: superseded updates expire at once, or so many months after the superseding one was created;
   * feature updates apart.
   */
  readonly immediatelyExpireSupersedence: boolean;
  readonly waitMonth: number;
  readonly immediatelyExpireSupersedenceForFeature: boolean;
  readonly waitMonthForFeature: number;
  /** Maintenance after each synchronization: decline what is expired, remove what is obsolete. */
  readonly callWsusCleanup: boolean;
  readonly deleteObsoleteUpdates: boolean;
  /** A failed run raises the alert of the site. */
  readonly syncFailureAlert: boolean;
  /** Third-party updates are wanted, and who manages their certificate. */
  readonly thirdPartyUpdates: boolean;
  readonly manualCertManagement: boolean;
  /** Days after which what nobody refers to any more is obsolete. */
  readonly obsoleteAgeDays: number;
  /** Percent of the live updates of which one run may conclude that the upstream removed them. */
  readonly massExpiryLimitPercent: number;
  /** Program or script that gets each finished run, '' for none, with its arguments. */
  readonly afterSyncCommand: string;
  readonly afterSyncArguments: readonly string[];
  /** Schedule string, '' for none. */
  readonly schedule: string;
  /** Minutes over which the starts of sites with one schedule are spread; 0: all start at once. */
  readonly scheduleSpreadMinutes: number;
  readonly proxyServer: string;
  readonly proxyUserName: string;
  readonly noProxy: readonly string[];
  /** PEM text of further root certificates. */
  readonly sourceCABundle: string;
  /** Fingerprints of the keys whose packages are imported; with any of them, others are refused. */
  readonly trustedPackageSigners: readonly string[];
}

/** The component of a new site. */
export function defaultSettings(serverName: string): ComponentSettings {
  return {
    synchronizeAction: 'SynchronizeFromMicrosoftUpdate',
    upstreamSourceLocation: '',
    defaultWsusServer: serverName,
    subscription: EMPTY_SUBSCRIPTION,
    summaryLanguages: ['en'],
    updateFileLanguages: ['en'],
    reportingEvent: 'DoNotCreateWsusReportingEvents',
    contentFileOption: 'FullFilesOnly',
    featureUpdateMaxRuntimeMins: 120,
    nonFeatureUpdateMaxRuntimeMins: 60,
    nonWindowsUpdateMaxRuntimeMins: 60,
    fullSyncIntervalDays: 7,
    updatesCleanupAgeDays: 7,
    immediatelyExpireSupersedence: false,
    waitMonth: 3,
    immediatelyExpireSupersedenceForFeature: false,
    waitMonthForFeature: 3,
    callWsusCleanup: false,
    deleteObsoleteUpdates: false,
    syncFailureAlert: false,
    thirdPartyUpdates: false,
    manualCertManagement: false,
    obsoleteAgeDays: 30,
    massExpiryLimitPercent: 20,
    afterSyncCommand: '',
    afterSyncArguments: [],
    schedule: '',
    scheduleSpreadMinutes: 0,
    proxyServer: '',
    proxyUserName: '',
    noProxy: [],
    sourceCABundle: '',
    trustedPackageSigners: [],
  };
}

/** The supersedence rules. */
export function rulesKey(settings: ComponentSettings): string {
  return JSON.stringify([
    settings.immediatelyExpireSupersedence,
    settings.waitMonth,
    settings.immediatelyExpireSupersedenceForFeature,
    settings.waitMonthForFeature,
  ]);
}

/** Characters from which the digest of a key stands for it: 50,000 products are two million. */
const LONG_KEY = 16 * 1024;

/** What is stored of a key; also of one that an earlier version has stored whole. */
export function shortKey(key: string): string {
  return key.length < LONG_KEY ? key : `sha256:${createHash('sha256').update(key).digest('hex')}`;
}

const knownKeys = new WeakMap<Subscription, { readonly languages: string; readonly key: string }>();

/** The subscription as far as it decides which updates the site holds; worked out once for each. */
export function subscriptionKey(settings: ComponentSettings): string {
  return atOnce(prepareKey(settings));
}

/** Works out the key in steps: who asks for it later has it at once. */
export function* prepareKey({ subscription, summaryLanguages }: ComponentSettings): Steps<string> {
  const languages = JSON.stringify(summaryLanguages);
  const known = knownKeys.get(subscription);
  if (known?.languages === languages) return known.key;
  const selected: [string, string[]][] = [];
  for (const [type, ids] of Object.entries(subscription.selected))
    selected.push([type, yield* sorted(ids, (one, other) => (one < other ? -1 : Number(one > other)))]);
  const text = JSON.stringify([selected, subscription.pending.length, summaryLanguages]);
  yield;
  const key = shortKey(text);
  knownKeys.set(subscription, { languages, key });
  return key;
}

/** WSUSSourceServer of the status row: `Microsoft Update`, or the host of the upstream. */
export function sourceNameOf(settings: ComponentSettings): string {
  if (settings.synchronizeAction === 'SynchronizeFromMicrosoftUpdate') return 'Microsoft Update';
  return URL.canParse(settings.upstreamSourceLocation)
    ? new URL(settings.upstreamSourceLocation).hostname
    : settings.upstreamSourceLocation;
}
