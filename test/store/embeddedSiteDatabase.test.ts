import { expect } from 'chai';
import { openSiteDatabase } from '../../server/store/embedded/openSiteDatabase.js';
import type { SiteDatabase } from '../../server/store/SiteDatabase.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { guidOf } from '../fixtures/updateDocuments.js';
import { unsyncedFiles } from './FailingFiles.js';
import { dumpOf } from './dumpDatabase.js';
import { maintenanceAcceptance } from './maintenanceAcceptance.js';
import { sampleRevision, sampleUpdate } from './sampleRows.js';
import { servingAcceptance } from './servingAcceptance.js';
import { siteDatabaseAcceptance } from './siteDatabaseAcceptance.js';
import { softwareUpdateAcceptance } from './softwareUpdateAcceptance.js';
import { testPlace } from './testPlace.js';

describe('The embedded database', () => {
  const folder = temporaryFolder();
  const open = async (generation: number): Promise<SiteDatabase> =>
    openSiteDatabase({ place: testPlace(folder()), files: unsyncedFiles, generation });
  siteDatabaseAcceptance('sql.js with a journal', async () => open(1));
  softwareUpdateAcceptance('sql.js with a journal', async () => open(1));
  maintenanceAcceptance('sql.js with a journal', async () => open(1));
  servingAcceptance('sql.js with a journal', async () => open(1));

  it('is the same after overrides and rows put over them were replayed', async () => {
    const database = await open(1);
    await database.commit({ revisions: [sampleRevision(1), sampleRevision(1, { revisionNumber: 2 })] });
    const row = sampleUpdate(16_777_217, {
      updateKey: (await database.updateKeys([guidOf(1)])).get(guidOf(1)) ?? 0,
      revisionId: 1,
    });
    await database.commit({ softwareUpdates: [row] });
    await database.commit({
      overrides: [{ ciId: row.ciId, customSeverity: 8, maxExecutionSeconds: undefined, modified: 5000 }],
    });
    await database.commit({ softwareUpdates: [{ ...row, revisionId: 2, ciVersion: 2 }] });
    const before = await dumpOf(database);
    await database.close();
    const again = await open(2);
    expect(await dumpOf(again)).to.deep.equal(before);
    expect((await again.allSoftwareUpdates())[0]).to.include({ ciVersion: 3, customSeverity: 8 });
    await again.close();
  });
});
