import { SegmentedDocumentStore } from '../store/SegmentedDocumentStore.js';
import type { StoreFiles, StorePlace } from '../store/StorePlace.js';
import { openStore } from '../store/openStore.js';
import type { DocumentStore } from '../store/DocumentStore.js';
import type { SiteDatabase } from '../store/SiteDatabase.js';

/** A store that is open. */
export interface OpenStore {
  readonly database: SiteDatabase;
  readonly documents: DocumentStore;
}

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
