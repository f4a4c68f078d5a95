import type { SiteDatabase } from '../../../server/store/SiteDatabase.js';
import { Cleanup } from '../../upstream/harness.js';
import { deliveryAcceptance } from '../deliveryAcceptance.js';
import { maintenanceAcceptance } from '../maintenanceAcceptance.js';
import { randomHistories } from '../randomHistories.js';
import { servingAcceptance } from '../servingAcceptance.js';
import { siteDatabaseAcceptance } from '../siteDatabaseAcceptance.js';
import { softwareUpdateAcceptance } from '../softwareUpdateAcceptance.js';
import { openTestStore } from './openTestStore.js';
import { testDatabase } from './postgresSuite.js';

const CUT = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'ConfigMgrSync'";

describe('The site database in PostgreSQL', () => {
  const cleanup = new Cleanup();
  afterEach(async () => cleanup.run());
  const database = testDatabase();
  const open = async (): Promise<SiteDatabase> => (await openTestStore(database(), cleanup)).database;
  siteDatabaseAcceptance('PostgreSQL', open);
  softwareUpdateAcceptance('PostgreSQL', open);
  maintenanceAcceptance('PostgreSQL', open);
  servingAcceptance('PostgreSQL', open);
  deliveryAcceptance('PostgreSQL', open);
  randomHistories('PostgreSQL', open, [1, 2]);

  /** Ends every connection while one in fifteen transactions is under way. */
  const openCut = async (): Promise<SiteDatabase> => {
    const store = await open();
    let commits = 0;
    return {
      ...store,
      commit: async (changes) => {
        const committing = store.commit(changes);
        commits += 1;
        if (commits % 15 === 0) database().server.sql(CUT);
        return committing;
      },
    };
  };
  randomHistories('PostgreSQL with connections that are cut', openCut, [3]);
});
