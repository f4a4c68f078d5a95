import { SyncError } from '../errors/SyncError.js';
import { CabinetArchive } from './CabinetArchive.js';
import { CabinetError } from './CabinetError.js';
import { readCabinetHeader } from './cabinetHeader.js';
import { CabinetUtf8 } from './cabinetUtf8.js';

/**
 * Reads the cabinets of XmlUpdateBlobCompressed (wsus-protocol section 1.8), one after the other, on the same memory.
 */
export interface BlobCabinetReader {
  /**
   * The document inside the cabinet, as UTF-8. `what` names it in errors.
   * @throws SyncError CabinetCorrupt
   */
  read(cabinet: Uint8Array, what?: string): Uint8Array;
}

/** What tells whether a reader loses memory. */
export interface HeapSize {
  /** Bytes of the reader's own heap. */
  readonly heapBytes: number;
}

/** Largest document accepted, in bytes of UTF-16. */
export const MAX_BLOB_BYTES = 128 * 1024 * 1024;

/** Makes a reader; it is synchronous from then on and serves one caller at a time. */
export async function createBlobCabinetReader(): Promise<BlobCabinetReader & HeapSize> {
  const archive = await CabinetArchive.create();
  return {
    read: (cabinet, what = 'an update document') => readNamed(archive, cabinet, what),
    get heapBytes() {
      return archive.heapBytes;
    },
  };
}

function readNamed(archive: CabinetArchive, cabinet: Uint8Array, what: string): Uint8Array {
  try {
    return readBlob(archive, cabinet);
  } catch (error) {
    if (!(error instanceof CabinetError)) throw error;
    throw new SyncError('CabinetCorrupt', { what, reason: error.message }, { cause: error });
  }
}

function readBlob(archive: CabinetArchive, cabinet: Uint8Array): Uint8Array {
  const header = readCabinetHeader(cabinet);
  if (header.members !== 1) throw new CabinetError(`it has ${header.members} members instead of one`);
  if (header.firstMemberSize > MAX_BLOB_BYTES)
    throw new CabinetError(`its document is larger than ${MAX_BLOB_BYTES} bytes`);
  try {
    archive.open(cabinet);
    if (archive.next() === undefined) throw new CabinetError('it has no member');
    return readMember(archive, header.firstMemberSize);
  } finally {
    archive.close();
  }
}

function readMember(archive: CabinetArchive, declared: number): Uint8Array {
  const text = new CabinetUtf8();
  let total = 0;
  for (let piece = archive.read(); piece.length > 0; piece = archive.read()) {
    total += piece.length;
    if (total > declared) break;
    text.add(piece);
    // The last piece is known by its size, which saves a call for every document.
    if (total === declared) break;
  }
  if (total !== declared) throw new CabinetError(`it holds ${total} bytes instead of ${declared}`);
  return text.finish();
}
