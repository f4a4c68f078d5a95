import type { ComponentSetRequest, InheritedSettings } from '../contract/generated/types.js';
import type { ComponentSettings } from './ComponentSettings.js';
import { isLoopbackServer } from '../platform/isLoopbackServer.js';
import { DEFAULT_NOTIFICATION, type NotificationSettings } from './NotificationSettings.js';
import { readSettings } from './settingsStore.js';
import type { ParentSite, SiteContext } from './SiteContext.js';

/** The settings of a site that hold for the sites below it too. */
export function inheritedOf(settings: ComponentSettings, notification = DEFAULT_NOTIFICATION): InheritedSettings {
  const { selected, pending } = settings.subscription;
  const { Product, ProductFamily, Company, UpdateClassification } = selected;
  return {
    subscription: {
      selected: {
        Product: [...Product],
        ProductFamily: [...ProductFamily],
        Company: [...Company],
        UpdateClassification: [...UpdateClassification],
      },
      pending: pending.map(({ type, name }) => ({ type, name })),
    },
    summaryLanguages: [...settings.summaryLanguages],
    contentFileOption: settings.contentFileOption,
    featureUpdateMaxRuntimeMins: settings.featureUpdateMaxRuntimeMins,
    nonFeatureUpdateMaxRuntimeMins: settings.nonFeatureUpdateMaxRuntimeMins,
    nonWindowsUpdateMaxRuntimeMins: settings.nonWindowsUpdateMaxRuntimeMins,
    immediatelyExpireSupersedence: settings.immediatelyExpireSupersedence,
    waitMonth: settings.waitMonth,
    immediatelyExpireSupersedenceForFeature: settings.immediatelyExpireSupersedenceForFeature,
    waitMonthForFeature: settings.waitMonthForFeature,
    callWsusCleanup: settings.callWsusCleanup,
    deleteObsoleteUpdates: settings.deleteObsoleteUpdates,
    obsoleteAgeDays: settings.obsoleteAgeDays,
    updatesCleanupAgeDays: settings.updatesCleanupAgeDays,
    syncFailureAlert: settings.syncFailureAlert,
    ...notificationBelow(notification),
  };
}

/** A mail server on this machine is no other site's. */
function notificationBelow({
  isInherited: _inherited,
  ...notification
}: NotificationSettings): Pick<InheritedSettings, 'notification'> {
  const { smtpServer } = notification;
  return smtpServer === '' || isLoopbackServer(smtpServer) ? {} : { notification };
}

/**
 * The settings that a site works with: one with a parent synchronizes from it, without a schedule and without other
 * certificates.
 */
export function settingsBelow(settings: ComponentSettings, parent: ParentSite | undefined): ComponentSettings {
  if (parent === undefined) return settings;
  return {
    ...settings,
    synchronizeAction: 'SynchronizeFromAnUpstreamDataSourceLocation',
    upstreamSourceLocation: parent.address,
    schedule: '',
    sourceCABundle: '',
    noProxy: [...settings.noProxy, new URL(parent.address).hostname],
  };
}

/** What each site decides for itself: update files and reporting as in the product, and how it reaches others. */
const OWN: ReadonlySet<string> = new Set([
  'requestId',
  'wildcard',
  'allowPending',
  'addLanguageUpdateFile',
  'removeLanguageUpdateFile',
  'reportingEvent',
  'proxyServer',
  'proxyUserName',
  'proxyPassword',
  'noProxy',
  'afterSyncCommand',
  'afterSyncArgument',
  'fullSyncIntervalDays',
  'defaultWsusServer',
]);

/**
 * What of a change is done at a site with a parent, and the product's warning for each parameter that is not
 * (configmgr.md section 1.2).
 */
export function withoutInherited(request: ComponentSetRequest): {
  readonly request: ComponentSetRequest;
  readonly warnings: readonly string[];
} {
  const ignored = Object.keys(request).filter((name) => !OWN.has(name));
  const kept = Object.fromEntries(
    Object.entries(request).filter(([name]) => OWN.has(name)),
  ) as unknown as ComponentSetRequest;
  return {
    request: kept,
    warnings: ignored.map(
      (name) =>
        `The specified site is a child site. The ${parameterName(name)} parameter cannot be changed and will be ` +
        `ignored.`,
    ),
  };
}

function parameterName(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** The settings that a site works with: those that are stored, and below a parent what follows from that. */
export async function siteSettings({
  database,
  site,
  parent,
}: Pick<SiteContext, 'database' | 'site' | 'parent'>): Promise<ComponentSettings> {
  return settingsBelow(await readSettings(database, site.serverName), parent);
}
