import { reasonOf } from '../errors/SyncError.js';
import { Unescaper } from '../xml/escaping.js';
import { PackageError } from './PackageError.js';
import { METADATA_ELEMENT, ROOT_END } from './gzipForm.js';

const AMPERSAND = 0x26;
const SEMICOLON = 0x3b;
const LESS = 0x3c;
const LONGEST_REFERENCE = 12;
const END = Buffer.concat([METADATA_ELEMENT.end, ROOT_END]);

/** Takes the text of the Metadata element out of an XML document that comes piece by piece, references turned back. */
export class MetadataText {
  readonly #unescaper = new Unescaper();
  #rest: Buffer = Buffer.alloc(0);
  #part: 'before' | 'inside' | 'after' = 'before';

  /** The decoded text that is sure after this piece. */
  add(piece: Buffer): Buffer {
    let bytes = this.#rest.length === 0 ? piece : Buffer.concat([this.#rest, piece]);
    if (this.#part === 'before') bytes = this.#begin(bytes);
    if (this.#part !== 'inside') return this.#keep(bytes);
    const less = bytes.indexOf(LESS);
    const end = less < 0 ? wholeReferences(bytes) : less;
    const decoded = this.#decode(bytes, end);
    if (less >= 0) this.#part = 'after';
    this.#keep(bytes.subarray(end));
    return decoded;
  }

  /** Says that nothing comes any more. */
  end(): void {
    const last = this.#rest.toString('latin1').trimEnd();
    if (this.#part !== 'after' || last !== END.toString('latin1'))
      throw new PackageError('its Metadata element does not end as it should');
  }

  /** Passes over what stands before the element. */
  #begin(bytes: Buffer): Buffer {
    const at = bytes.indexOf(METADATA_ELEMENT.start);
    if (at < 0) return bytes.subarray(Math.max(0, bytes.length - METADATA_ELEMENT.start.length + 1));
    this.#part = 'inside';
    return bytes.subarray(at + METADATA_ELEMENT.start.length);
  }

  #keep(bytes: Buffer): Buffer {
    if (this.#part === 'after' && bytes.length > 2 * END.length)
      throw new PackageError('something stands behind its Metadata element');
    this.#rest = Buffer.from(bytes);
    return Buffer.alloc(0);
  }

  #decode(bytes: Buffer, end: number): Buffer {
    try {
      const decoded = this.#unescaper.decode(bytes, 0, end);
      return Buffer.from(decoded.buffer, decoded.byteOffset, decoded.byteLength);
    } catch (error) {
      throw new PackageError(`its Metadata element has a reference that is none: ${reasonOf(error)}`, { cause: error });
    }
  }
}

/** Up to where no reference is cut by the end of the piece. */
function wholeReferences(bytes: Buffer): number {
  const last = bytes.lastIndexOf(AMPERSAND);
  const isCut = last >= 0 && bytes.length - last < LONGEST_REFERENCE && bytes.indexOf(SEMICOLON, last) < 0;
  return isCut ? last : bytes.length;
}
