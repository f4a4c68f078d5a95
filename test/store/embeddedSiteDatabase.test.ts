import { openSiteDatabase } from '../../server/store/embedded/openSiteDatabase.js';
import { realFiles } from '../../server/store/StoreFiles.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { siteDatabaseAcceptance } from './siteDatabaseAcceptance.js';

describe('The embedded database', () => {
  const folder = temporaryFolder();
  siteDatabaseAcceptance('sql.js with a journal', async () => openSiteDatabase({ folder: folder(), files: realFiles, generation: 1 }));
});
