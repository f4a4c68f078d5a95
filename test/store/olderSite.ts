import { expect } from 'chai';
import { SegmentedDocumentStore } from '../../server/store/SegmentedDocumentStore.js';
import type { SiteDatabase } from '../../server/store/SiteDatabase.js';
import type { StoreFiles, StorePlace } from '../../server/store/StorePlace.js';
import { openSiteDatabase } from '../../server/store/embedded/openSiteDatabase.js';
import { guidOf, updateDocument } from '../fixtures/updateDocuments.js';
import { unsyncedFiles } from './FailingFiles.js';
import { everyFault } from './everyFault.js';
import { putSite } from './fixtures/putSite.js';

/** What the sites of earlier formats hold (`putSite`): a setting, and how many of each there are. */
export const WHOLE = ['changed', 6, 1, 1, 6];

export async function open(
  place: StorePlace,
  generation: number,
  files: StoreFiles = unsyncedFiles,
): Promise<SiteDatabase> {
  return openSiteDatabase({ place, files, generation });
}

export function documentsOf(place: StorePlace, generation: number, site = place.siteGuid): SegmentedDocumentStore {
  return new SegmentedDocumentStore({ folder: place.documents, files: unsyncedFiles, generation, site });
}

/** What the site holds once it is opened: equal to `WHOLE` where nothing is missing. */
export async function contentOf(place: StorePlace, generation: number): Promise<unknown[]> {
  const database = await open(place, generation);
  const content = [
    await database.setting('a'),
    (await database.counts()).revisions,
    (await database.allSoftwareUpdates()).length,
    (await database.linkNodes()).length,
    await wholeDocuments(place, database),
  ];
  await database.close();
  return content;
}

/** How many documents are there as they were stored. */
async function wholeDocuments(place: StorePlace, database: SiteDatabase): Promise<number> {
  const documents = documentsOf(place, 9);
  let whole = 0;
  for (const { revisionId: number, location } of await database.storedDocuments(0, 10)) {
    const expected = updateDocument({ id: guidOf(number), title: `Title ${number}` });
    whole += +Buffer.from(await documents.read(location)).equals(Buffer.from(expected));
  }
  await documents.close();
  return whole;
}

/** What a site holds, and what that is where nothing is missing. */
interface OlderContents {
  readonly of: (place: StorePlace, generation: number) => Promise<unknown>;
  readonly whole: unknown;
}

/** Migrates a site once for each file call that can fail, and opens it again each time. */
export async function expectSafeMigration(
  format: Parameters<typeof putSite>[0],
  folder: string,
  contents: OlderContents = { of: contentOf, whole: WHOLE },
): Promise<void> {
  const { wrong, places } = await everyFault({
    folder,
    kinds: ['after', 'burst'],
    prepare: async (where) => Promise.resolve(putSite(format, where)),
    work: async (place, files) => (await open(place, 3, files)).close(),
    verify: async (place) => {
      const content = JSON.stringify(await contents.of(place, 8));
      return content === JSON.stringify(contents.whole) ? '' : content;
    },
  });
  expect(wrong).to.deep.equal([]);
  expect(places).to.be.greaterThan(100);
}
