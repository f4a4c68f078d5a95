import { NAMED_ENTITIES } from '../../metadata/xmlCharacters.js';
import { malformed } from '../malformed.js';
import { codePointOf } from '../xml/decodeEntities.js';
import { copyPlain, type CopyState } from './copyPlain.js';

const AMPERSAND = 0x26;
const SEMICOLON = 0x3b;
const LONGEST_REFERENCE = 12;

/**
 * Takes escaped text apart at byte level into fresh arrays of exactly the right size; the scratch space is kept between
 * texts. Line ends stay as they came: documents are kept byte for byte.
 */
export class Unescaper {
  private scratch = Buffer.alloc(0);

  /** The decoded bytes of `bytes[start, end)`. */
  decode(bytes: Buffer, start: number, end: number): Uint8Array {
    const first = bytes.subarray(start, end).indexOf(AMPERSAND);
    if (first < 0) return exact(bytes, start, end);
    if (this.scratch.length < end - start) this.scratch = Buffer.allocUnsafe(end - start);
    const state: CopyState = { from: start, to: 0, end };
    copyPlain(bytes, this.scratch, state);
    while (state.from < end) {
      this.reference(bytes, state);
      copyPlain(bytes, this.scratch, state);
    }
    return exact(this.scratch, 0, state.to);
  }

  private reference(bytes: Buffer, state: CopyState): void {
    const limit = Math.min(state.end, state.from + LONGEST_REFERENCE);
    let stop = state.from + 1;
    while (stop < limit && bytes[stop] !== SEMICOLON) stop++;
    if (stop >= limit) throw malformed('text', 'an ampersand stands alone');
    const name = bytes.toString('latin1', state.from + 1, stop);
    const code = NAMED_ENTITIES.get(name)?.codePointAt(0) ?? codePointOf(name);
    if (code < 0x80) this.scratch[state.to++] = code;
    else state.to += this.scratch.write(String.fromCodePoint(code), state.to, 'utf8');
    state.from = stop + 1;
  }
}

function exact(bytes: Buffer, start: number, end: number): Uint8Array {
  const copy = Buffer.allocUnsafeSlow(end - start);
  bytes.copy(copy, 0, start, end);
  return copy;
}
