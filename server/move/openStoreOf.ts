import { SegmentedDocumentStore } from '../store/SegmentedDocumentStore.js';
import type { StoreFiles, StorePlace } from '../store/StorePlace.js';
import { openStore } from '../store/openStore.js';
import type { OpenStore } from './copyStore.js';

interface StoreOptions {
  readonly place: StorePlace;
  readonly files: StoreFiles;
  readonly generation: number;
  readonly report: (line: string) => void;
}

/** Opens database and documents of an engine. @throws SyncError of the databases */
export async function openStoreOf(engine: string | undefined, options: StoreOptions): Promise<OpenStore> {
  const { place, files, generation } = options;
  const database = await openStore(engine, options);
  return {
    database,
    documents: new SegmentedDocumentStore({ folder: place.documents, files, generation, site: place.siteGuid }),
  };
}

/** Closes both. */
export async function closeStore({ database, documents }: OpenStore): Promise<void> {
  await documents.close();
  await database.close();
}
