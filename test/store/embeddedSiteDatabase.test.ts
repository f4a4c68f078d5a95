import { openSiteDatabase } from '../../server/store/embedded/openSiteDatabase.js';
import type { SiteDatabase } from '../../server/store/SiteDatabase.js';
import { realFiles } from '../../server/store/StoreFiles.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { maintenanceAcceptance } from './maintenanceAcceptance.js';
import { siteDatabaseAcceptance } from './siteDatabaseAcceptance.js';

describe('The embedded database', () => {
  const folder = temporaryFolder();
  const open = async (): Promise<SiteDatabase> => openSiteDatabase({ folder: folder(), files: realFiles, generation: 1 });
  siteDatabaseAcceptance('sql.js with a journal', open);
  maintenanceAcceptance('sql.js with a journal', open);
});
