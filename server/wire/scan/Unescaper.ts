import { malformed } from '../malformed.js';
import { codePointOf } from '../xml/decodeEntities.js';

const AMPERSAND = 0x26;
const SEMICOLON = 0x3b;
const T = 0x74;
const LT = 0x6c;
const GT = 0x67;
const LESS = 0x3c;
const GREATER = 0x3e;
const LONGEST_REFERENCE = 12;
const NAMED: Readonly<Record<string, number>> = { lt: 0x3c, gt: 0x3e, amp: 0x26, quot: 0x22, apos: 0x27 };

/**
 * Takes escaped text apart at byte level into fresh arrays of exactly the right size; the scratch space is kept between
 * texts. Line ends stay as they came: documents are kept byte for byte.
 */
export class Unescaper {
  private scratch = Buffer.alloc(0);
  private read = 0;
  private written = 0;

  /** The decoded bytes of `bytes[start, end)`. */
  decode(bytes: Buffer, start: number, end: number): Uint8Array {
    const first = bytes.subarray(start, end).indexOf(AMPERSAND);
    if (first < 0) return exact(bytes, start, end);
    if (this.scratch.length < end - start) this.scratch = Buffer.allocUnsafe(end - start);
    this.read = start;
    this.written = 0;
    while (this.read < end) this.step(bytes, end);
    return exact(this.scratch, 0, this.written);
  }

  /** Copies up to the next reference that is not one of the two frequent ones, and decodes that. */
  private step(bytes: Buffer, end: number): void {
    const out = this.scratch;
    let from = this.read;
    let to = this.written;
    while (from < end) {
      const byte = bytes[from++] as number;
      if (byte !== AMPERSAND) {
        out[to++] = byte;
        continue;
      }
      const letter = bytes[from];
      if (bytes[from + 1] !== T || bytes[from + 2] !== SEMICOLON || (letter !== LT && letter !== GT)) {
        from--;
        break;
      }
      out[to++] = letter === LT ? LESS : GREATER;
      from += 3;
    }
    this.read = from;
    this.written = to;
    if (from < end) this.reference(bytes, end);
  }

  private reference(bytes: Buffer, end: number): void {
    const limit = Math.min(end, this.read + LONGEST_REFERENCE);
    let stop = this.read + 1;
    while (stop < limit && bytes[stop] !== SEMICOLON) stop++;
    if (stop >= limit) throw malformed('text', 'an ampersand stands alone');
    const name = bytes.toString('latin1', this.read + 1, stop);
    const code = (Object.hasOwn(NAMED, name) ? NAMED[name] : undefined) ?? codePointOf(name);
    this.written += this.scratch.write(String.fromCodePoint(code), this.written, 'utf8');
    this.read = stop + 1;
  }
}

function exact(bytes: Buffer, start: number, end: number): Uint8Array {
  const copy = Buffer.allocUnsafeSlow(end - start);
  bytes.copy(copy, 0, start, end);
  return copy;
}
