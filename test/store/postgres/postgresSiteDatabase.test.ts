import type { SiteDatabase } from '../../../server/store/SiteDatabase.js';
import { Cleanup } from '../../upstream/harness.js';
import { deliveryAcceptance } from '../deliveryAcceptance.js';
import { maintenanceAcceptance } from '../maintenanceAcceptance.js';
import { servingAcceptance } from '../servingAcceptance.js';
import { siteDatabaseAcceptance } from '../siteDatabaseAcceptance.js';
import { softwareUpdateAcceptance } from '../softwareUpdateAcceptance.js';
import { openTestStore } from './openTestStore.js';
import { testDatabase } from './postgresSuite.js';

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
});
