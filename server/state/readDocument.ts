import { SyncError } from '../errors/SyncError.js';
import type { UpdateMetadata } from '../metadata/UpdateMetadata.js';
import type { Slab } from '../platform/Slab.js';
import type { DocumentLocation } from '../store/DocumentStore.js';
import type { FileAddress } from '../store/fileAddresses.js';
import type { DocumentRecord } from '../store/segmentRecord.js';
import type { SiteContext } from './SiteContext.js';

/** A revision, and where its document lies. */
interface PlacedRevision {
  readonly revisionId: number;
  readonly location: DocumentLocation;
}

/**
 * The document of a revision with its notes, whose place was looked up before: maintenance may have moved it since,
 * then it is looked up once more. Both are put into `room` as far as it goes.
 * @throws SyncError StoreCorrupt
 */
export async function readRecord(
  { database, documents }: Pick<SiteContext, 'database' | 'documents'>,
  { revisionId, location }: PlacedRevision,
  room?: Slab,
): Promise<DocumentRecord> {
  try {
    return await documents.readRecord(location, room);
  } catch (error) {
    const now =
      error instanceof SyncError && error.errorId === 'StoreCorrupt'
        ? await database.documentLocation(revisionId)
        : undefined;
    if (now === undefined || (now.segment === location.segment && now.position === location.position)) throw error;
    return documents.readRecord(now, room);
  }
}

/** The document alone. @throws SyncError StoreCorrupt */
export async function readDocument(
  context: Pick<SiteContext, 'database' | 'documents'>,
  revisionId: number,
  location: DocumentLocation,
): Promise<Uint8Array> {
  return (await readRecord(context, { revisionId, location })).document;
}

/** No address of Microsoft's is nearly as long. */
const LONGEST = 2048;

/**
 * The content files that a document names, licence terms included, each once, with the addresses that the upstream gave
 * by digest.
 */
export function fileAddressesOf(
  { files, eulaFiles }: Pick<UpdateMetadata, 'files' | 'eulaFiles'>,
  urls: ReadonlyMap<string, string>,
): readonly FileAddress[] {
  const digests = new Set([...files, ...eulaFiles].map((file) => file.digest).filter((digest) => digest !== ''));
  return [...digests].map((digest) => ({ digest, url: addressOf(urls.get(digest) ?? '') }));
}

/** What is not an address of the web is not passed on. */
function addressOf(url: string): string {
  return url.length <= LONGEST && /^https?:\/\/[^\s"<>]+$/i.test(url) ? url : '';
}
