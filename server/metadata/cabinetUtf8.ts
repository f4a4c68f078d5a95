import { CabinetError } from './CabinetError.js';

const EMPTY = Buffer.alloc(0);

/** Turns UTF-16LE into UTF-8 piece by piece; a character cut by the end of a piece waits for the next one. */
export class CabinetUtf8 {
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
    if (this.#rest.length > 0) throw new CabinetError('its text ends in the middle of a character');
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
