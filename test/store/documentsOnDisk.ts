import path from 'node:path';
import { identityKey } from '../../server/metadata/UpdateIdentity.js';
import { openSite } from '../../server/site/openSite.js';
import { SegmentedDocumentStore } from '../../server/store/SegmentedDocumentStore.js';
import { realFiles, storePlaceOf } from '../../server/store/StorePlace.js';
import { openSiteDatabase } from '../../server/store/embedded/openSiteDatabase.js';
import { highestGeneration } from '../../server/store/highestGeneration.js';

/** Every document of a site whose engine has ended, by its revision, as text. */
export async function documentsOnDisk(folder: string): Promise<ReadonlyMap<string, string>> {
  const place = storePlaceOf(await openSite(folder));
  const generation = highestGeneration(realFiles, place) + 1;
  const database = await openSiteDatabase({
    place,
    files: realFiles,
    generation,
    report: () => undefined,
  });
  const store = new SegmentedDocumentStore({
    folder: path.join(folder, 'documents'),
    files: realFiles,
    generation,
    site: place.siteGuid,
  });
  const documents = new Map<string, string>();
  for (const stored of await database.storedDocuments(0, 1_000_000))
    documents.set(identityKey(stored), Buffer.from(await store.read(stored.location)).toString('latin1'));
  await store.close();
  await database.close();
  return documents;
}
