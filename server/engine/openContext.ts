import path from 'node:path';
import type { ParentRecord } from '../link/ParentRecord.js';
import { ownParentRecord } from '../link/ParentRecord.js';
import { Mutex } from '../platform/Mutex.js';
import { packageVersion } from '../platform/packageFolder.js';
import { realSealer } from '../platform/sealSecret.js';
import { systemZone } from '../schedule/zone.js';
import { shareKeys, type SharingSite } from '../servers/shareKeys.js';
import { readServiceRecord } from '../site/ServiceRecord.js';
import { SITE_FILES } from '../site/SiteFolder.js';
import type { SiteFolder } from '../site/SiteFolder.js';
import type { SiteContext } from '../state/SiteContext.js';
import { confirmIdentity } from '../state/confirmIdentity.js';
import { keeperOf } from '../state/keeper.js';
import type { EngineLog } from '../status/engineLog.js';
import { openWsyncmgrLog } from '../status/WsyncmgrLog.js';
import { LicenseTermsStore } from '../store/LicenseTermsStore.js';
import { SharedLicenseTerms } from '../store/SharedLicenseTerms.js';
import type { Store } from '../store/Store.js';

/** What a site is opened as. */
interface ContextOptions {
  readonly site: SiteFolder;
  /** True for the engine of a service. */
  readonly isService?: boolean;
  /** True for a service whose registration does not allow the after-sync command. */
  readonly refusesAfterSyncCommand?: boolean;
  /** Takes a line for engine.log. */
  readonly log: EngineLog;
}

/** The site as its engine works on it. */
export interface OpenedSite {
  readonly context: SiteContext;
  /** What it knows of itself as a node of its parent. */
  readonly record: ParentRecord | undefined;
  /** Where several servers can share it. */
  readonly sharing: SharingSite | undefined;
}

/** What a site is made of once its keys and its parent are known. */
interface SiteParts {
  readonly site: SiteFolder;
  readonly parent: ParentRecord | undefined;
  readonly store: Store;
}

/** Makes what the steps of an engine work with over an open store. @throws SyncError of the keys of the site */
export async function openContext(options: ContextOptions, store: Store): Promise<OpenedSite> {
  const sharing = await sharingOf(options.site, store);
  const site = sharing?.site ?? options.site;
  const parent = await ownParentRecord(site, realSealer());
  return { context: contextOf(options, { site, parent, store }), record: parent, sharing };
}

async function sharingOf(site: SiteFolder, { shared }: Store): Promise<SharingSite | undefined> {
  return shared && shareKeys(site, { rows: shared.keys, self: shared.role.self.id }, realSealer());
}

function contextOf(options: ContextOptions, { site, parent, store }: SiteParts): SiteContext {
  const { database, documents, shared } = store;
  const folder = (name: string): string => path.join(site.path, name);
  const now = (): Date => new Date();
  const terms = new LicenseTermsStore(folder(SITE_FILES.licenseTerms), site.files);
  const log = openWsyncmgrLog({
    folder: folder(SITE_FILES.logs),
    files: site.files,
    now,
    thread: process.pid,
    onFailure: options.log,
  });
  return {
    site,
    parent,
    database,
    shared,
    licenseTerms: shared === undefined ? terms : new SharedLicenseTerms(shared.licenseTerms, terms),
    documents,
    log,
    now,
    zone: systemZone,
    processId: process.pid,
    version: packageVersion(),
    keeper: () => keeperOf(options.isService === true, readServiceRecord(site) !== undefined),
    refusesAfterSyncCommand: options.refusesAfterSyncCommand === true,
    settingsMutex: new Mutex(),
    // The HTTP client is loaded when the first synchronization needs it: most commands only read.
    packageKey: async () => {
      const key = await (await import('../transfer/packageKey.js')).sitePackageKey(site);
      await confirmIdentity({ database, shared, log }, 'packageKey', key.fingerprint);
      return key;
    },
    createSource: async (settings, answers) =>
      (await import('../state/createSource.js')).createSource(settings, { site, parent, answers }),
  };
}
