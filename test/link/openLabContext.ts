import path from 'node:path';
import { SyncError } from '../../server/errors/SyncError.js';
import { Mutex } from '../../server/platform/Mutex.js';
import { plainFiles } from '../../server/platform/files/folderFiles.js';
import { packageVersion } from '../../server/platform/packageFolder.js';
import { UTC } from '../../server/schedule/zone.js';
import type { SiteFolder } from '../../server/site/SiteFolder.js';
import type { SiteContext } from '../../server/state/SiteContext.js';
import { openWsyncmgrLog } from '../../server/status/WsyncmgrLog.js';
import { LicenseTermsStore } from '../../server/store/LicenseTermsStore.js';
import { SegmentedDocumentStore } from '../../server/store/SegmentedDocumentStore.js';
import { realFiles, storePlaceOf } from '../../server/store/StorePlace.js';
import { openSiteDatabase } from '../../server/store/embedded/openSiteDatabase.js';

/** A real site folder opened as an engine of that generation does, without an upstream. */
export async function openLabContext(site: SiteFolder, generation: number): Promise<SiteContext> {
  const folder = (name: string): string => path.join(site.path, name);
  const now = (): Date => new Date();
  const none = async (): Promise<never> => Promise.reject(new SyncError('NoSynchronizationSource'));
  return {
    site,
    database: await openSiteDatabase({ place: storePlaceOf(site), files: realFiles, generation }),
    licenseTerms: new LicenseTermsStore(folder('LicenseTerms'), plainFiles),
    documents: new SegmentedDocumentStore({
      folder: folder('documents'),
      files: realFiles,
      generation,
      site: site.siteGuid,
    }),
    log: openWsyncmgrLog({ folder: folder('Logs'), files: plainFiles, now, thread: 1 }),
    now,
    zone: UTC,
    processId: process.pid,
    version: packageVersion(),
    keeper: () => 'Service',
    settingsMutex: new Mutex(),
    packageKey: none,
    createSource: none,
  };
}
