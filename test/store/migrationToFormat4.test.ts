import { expect } from 'chai';
import fs from 'node:fs';
import path from 'node:path';
import { SegmentedDocumentStore } from '../../server/store/SegmentedDocumentStore.js';
import type { SiteDatabase } from '../../server/store/SiteDatabase.js';
import { realFiles } from '../../server/store/StorePlace.js';
import type { StoreFiles, StorePlace } from '../../server/store/StorePlace.js';
import { openSiteDatabase } from '../../server/store/embedded/openSiteDatabase.js';
import { FORMAT } from '../../server/store/embedded/schema.js';
import { readSeal } from '../../server/store/seal/sealFile.js';
import { rejectionOf } from '../fixtures/rejection.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { guidOf, updateDocument } from '../fixtures/updateDocuments.js';
import { unsyncedFiles } from './FailingFiles.js';
import { everyFault } from './everyFault.js';
import { putSite } from './fixtures/putSite.js';

describe('A site of format 3, which has no seal', () => {
  const folder = temporaryFolder();
  const open = async (
    place: StorePlace,
    generation: number,
    files: StoreFiles = unsyncedFiles,
  ): Promise<SiteDatabase> => openSiteDatabase({ place, files, generation });
  const contentOf = async (place: StorePlace, generation: number): Promise<unknown[]> => {
    const database = await open(place, generation);
    const content = [
      await database.setting('a'),
      (await database.counts()).revisions,
      (await database.allSoftwareUpdates()).length,
      (await database.linkNodes()).length,
    ];
    await database.close();
    return content;
  };
  const WHOLE = ['changed', 6, 1, 1];

  it('opens with everything it held and every document, after a copy, and is sealed from then on', async () => {
    const place = putSite(3, folder());
    expect(readSeal(realFiles, place).seal).to.equal(undefined);
    const lines: string[] = [];
    const database = await openSiteDatabase({
      place,
      files: realFiles,
      generation: 3,
      report: (line) => lines.push(line),
    });
    expect(lines).to.have.length(1);
    expect(lines[0]).to.contain(`migrated from format 3 to ${FORMAT}`);
    const documents = new SegmentedDocumentStore({
      folder: place.documents,
      files: unsyncedFiles,
      generation: 3,
      site: place.siteGuid,
    });
    for (const stored of await database.storedDocuments(0, 10)) {
      const { revisionId: number } = stored;
      const expected = updateDocument({ id: guidOf(number), title: `Title ${number}` });
      expect(Buffer.from(await documents.read(stored.location)).equals(Buffer.from(expected))).to.equal(true);
    }
    await documents.close();
    await database.close();
    expect(readSeal(realFiles, place).seal).to.include({ siteGuid: place.siteGuid, highestDocument: 6 });
    expect(await contentOf(place, 4)).to.deep.equal(WHOLE);
  });

  it('opens again after any file call of the migration that failed, and lacks nothing', async () => {
    const { wrong, places } = await everyFault({
      folder: folder(),
      kinds: ['after', 'burst'],
      prepare: async (where) => Promise.resolve(putSite(3, where)),
      work: async (place, files) => (await open(place, 3, files)).close(),
      verify: async (place) => {
        const content = JSON.stringify(await contentOf(place, 8));
        return content === JSON.stringify(WHOLE) ? '' : content;
      },
    });
    expect(wrong).to.deep.equal([]);
    expect(places).to.be.greaterThan(100);
  }).timeout(120_000);

  it('put back into the database of one that was migrated is not taken for it', async () => {
    const place = putSite(3, folder());
    const before = fs.mkdtempSync(path.join(folder(), 'before-'));
    fs.cpSync(place.database, before, { recursive: true });
    expect(await contentOf(place, 3)).to.deep.equal(WHOLE);
    fs.rmSync(place.database, { recursive: true });
    fs.cpSync(before, place.database, { recursive: true });
    expect(await rejectionOf(open(place, 5))).to.equal('StoreCorrupt');
  });
});
