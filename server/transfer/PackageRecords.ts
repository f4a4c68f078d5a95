import { PackageError } from './PackageError.js';
import { readRecordHeader, RECORD_HEADER_BYTES, type RecordHeader } from './recordHeader.js';
import { Utf16Counter } from './Utf16Counter.js';
import type { PackageDocument } from './WsusPackage.js';

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
      throw new PackageError(`the length of record ${this.#count} of metadata.txt does not fit its text`);
    }
    const xml = Buffer.concat([...this.#kept, bytes.subarray(at, end)]);
    this.#kept = [];
    this.#header = undefined;
    return { identity: header.identity, xml };
  }
}
