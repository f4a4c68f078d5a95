import type { UpdateIdentity } from '../metadata/UpdateIdentity.js';
import { utf16Length } from '../xml/assembly/quickText.js';
import { PackageError } from './package.js';
import type { PackageDocument } from './package.js';

/** What stands before the XML of a record: `guid,revision,length,` with the numbers as 8 hex digits. */
interface RecordHeader {
  readonly identity: UpdateIdentity;
  /** Length of the XML in UTF-16 units. */
  readonly units: number;
}

/** Bytes of a record's header. */
const RECORD_HEADER_BYTES = 55;

const HEADER = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}),([0-9a-f]{8}),([0-9a-f]{8}),$/i;
const MAX_UNITS = 64 * 1024 * 1024;

/** Reads the header of record `number` (counted from 1). */
function readRecordHeader(bytes: Buffer, number: number): RecordHeader {
  const match = HEADER.exec(bytes.toString('latin1', 0, RECORD_HEADER_BYTES));
  const [, guid, revision, length] = match ?? [];
  if (guid === undefined || revision === undefined || length === undefined)
    throw new PackageError(`record ${number} of metadata.txt has no valid header`);
  const units = Number.parseInt(length, 16);
  if (units > MAX_UNITS) throw new PackageError(`record ${number} of metadata.txt announces ${units} characters`);
  return { identity: { updateId: guid.toLowerCase(), revisionNumber: Number.parseInt(revision, 16) }, units };
}

/** Finds where a text of a given number of UTF-16 units ends in UTF-8 bytes that come piece by piece. */
class Utf16Counter {
  #left: number;

  constructor(units: number) {
    this.#left = units;
  }

  /** Units still to come. */
  get left(): number {
    return this.#left;
  }

  /** How many bytes from `start` belong to the text; the rest of its last character included. */
  take(bytes: Uint8Array, start: number): number {
    let at = this.#takeQuickly(bytes, start);
    for (; at < bytes.length; at++) {
      const byte = bytes[at] ?? 0;
      // Continuation bytes belong to the character counted before them.
      if ((byte & 0xc0) === 0x80) continue;
      if (this.#left <= 0) break;
      this.#left -= byte >= 0xf0 ? 2 : 1;
    }
    return at - start;
  }

  /** Goes over parts that the text goes on behind; gives where the next one begins. */
  #takeQuickly(bytes: Uint8Array, start: number): number {
    let at = start;
    for (; at + STRIDE <= bytes.length && this.#left > STRIDE; at += STRIDE)
      this.#left -= utf16Length(bytes.subarray(at, at + STRIDE));
    return at;
  }
}

/** A part of the text; it has no more units than bytes. */
const STRIDE = 2048;

/** Bytes of a document that are written between two turns of others. */
const PIECE_BYTES = 256 * 1024;
const LINE_END = Buffer.from('\r\n');

/** One record of metadata.txt in its parts: header, document, line end. A long document is cut: escaping takes long. */
export function* packageRecord(
  { updateId, revisionNumber }: UpdateIdentity,
  xml: Uint8Array,
): Generator<Uint8Array, void> {
  const hex = (value: number): string => value.toString(16).padStart(8, '0');
  yield Buffer.from(`${updateId},${hex(revisionNumber)},${hex(utf16Length(xml))},`, 'latin1');
  for (let at = 0; at < xml.length; at += PIECE_BYTES) yield xml.subarray(at, at + PIECE_BYTES);
  yield LINE_END;
}

/** Bytes that a record takes beside its document. */
export const RECORD_FRAME_BYTES = RECORD_HEADER_BYTES + LINE_END.length;

const CR = 0x0d;
const LF = 0x0a;

/** Cuts metadata.txt, fed piece by piece, into its records: by length, because the XML may hold line breaks. */
export class PackageRecords {
  #kept: Buffer[] = [];
  #rest: Buffer = Buffer.alloc(0);
  #header: RecordHeader | undefined;
  #counter = new Utf16Counter(0);
  #count = 0;

  /** The records that end in this piece; the piece's memory may be used again afterwards. */
  add(piece: Buffer): PackageDocument[] {
    const bytes = this.#rest.length === 0 ? piece : Buffer.concat([this.#rest, piece]);
    const documents: PackageDocument[] = [];
    let at = 0;
    for (;;) {
      if (this.#header === undefined) {
        if (bytes.length - at < RECORD_HEADER_BYTES) break;
        this.#start(bytes.subarray(at, at + RECORD_HEADER_BYTES));
        at += RECORD_HEADER_BYTES;
      }
      const length = this.#counter.take(bytes, at);
      // Only the line break proves that the text is over: a character may go on in the next piece.
      if (at + length + 2 > bytes.length) {
        at += this.#keepWhole(bytes, at, length);
        break;
      }
      documents.push(this.#finish(bytes, at, length));
      at += length + 2;
    }
    this.#rest = Buffer.from(bytes.subarray(at));
    return documents;
  }

  /** Says that nothing comes any more. */
  end(): void {
    if (this.#header !== undefined || this.#rest.length > 0)
      throw new PackageError(`metadata.txt is truncated in record ${this.#count}`);
  }

  #start(bytes: Buffer): void {
    this.#count++;
    this.#header = readRecordHeader(bytes, this.#count);
    this.#counter = new Utf16Counter(this.#header.units);
  }

  #keepWhole(bytes: Buffer, at: number, length: number): number {
    this.#kept.push(Buffer.from(bytes.subarray(at, at + length)));
    return length;
  }

  #finish(bytes: Buffer, at: number, length: number): PackageDocument {
    const header = this.#header;
    const end = at + length;
    if (header === undefined || this.#counter.left !== 0 || bytes[end] !== CR || bytes[end + 1] !== LF) {
      throw new PackageError(`the length of record ${this.#count} of metadata.txt does not match its text`);
    }
    const xml = Buffer.concat([...this.#kept, bytes.subarray(at, end)]);
    this.#kept = [];
    this.#header = undefined;
    return { identity: header.identity, xml };
  }
}
