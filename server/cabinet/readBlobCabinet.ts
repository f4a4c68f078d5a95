import { SyncError } from '../errors/SyncError.js';
import { CabinetArchive } from './CabinetArchive.js';
import { CabinetError, readCabinetHeader } from './header.js';

const EMPTY = Buffer.alloc(0);

/** Turns UTF-16LE into UTF-8 piece by piece; a character cut by the end of a piece waits for the next one. */
class CabinetUtf8 {
  readonly #pieces: Buffer[] = [];
  #rest: Buffer = EMPTY;

  /** Takes a piece; it is copied, so its memory may be used again. */
  add(piece: Buffer): void {
    const bytes = this.#rest.length === 0 ? piece : Buffer.concat([this.#rest, piece]);
    const whole = wholeCharacters(bytes);
    this.#rest = whole === bytes.length ? EMPTY : Buffer.from(bytes.subarray(whole));
    if (whole > 0) this.#pieces.push(Buffer.from(bytes.toString('utf16le', 0, whole), 'utf8'));
  }

  /** All of it as UTF-8. */
  finish(): Uint8Array {
    if (this.#rest.length > 0) throw new CabinetError('its text ends inside a character');
    const only = this.#pieces[0];
    return only !== undefined && this.#pieces.length === 1 ? only : Buffer.concat(this.#pieces);
  }
}

function wholeCharacters(bytes: Buffer): number {
  const even = bytes.length & ~1;
  if (even === 0) return 0;
  // A high surrogate at the very end belongs to the next piece.
  return ((bytes[even - 1] ?? 0) & 0xfc) === 0xd8 ? even - 2 : even;
}

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
interface HeapSize {
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
  if (total !== declared) throw new CabinetError(`it contains ${total} bytes instead of ${declared}`);
  return text.finish();
}
