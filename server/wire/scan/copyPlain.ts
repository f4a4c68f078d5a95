const AMPERSAND = 0x26;
const LETTER_A = 0x61;
const LETTER_M = 0x6d;
const LETTER_P = 0x70;
const LETTER_L = 0x6c;
const LETTER_G = 0x67;
const LETTER_T = 0x74;
const SEMICOLON = 0x3b;
const LESS = 0x3c;
const GREATER = 0x3e;

/** Where reading and writing stand. */
export interface CopyState {
  from: number;
  to: number;
  readonly end: number;
}

/**
 * Copies text up to `state.end` and turns `&lt;`, `&gt;` and `&amp;` back on the way; stops at any other reference. The
 * hottest loop of
 * the client: a function over local variables runs three times faster here than a method over fields.
 */
export function copyPlain(source: Uint8Array, target: Uint8Array, state: CopyState): void {
  const { end } = state;
  let { from, to } = state;
  for (;;) {
    let byte: number | undefined;
    while (from < end && (byte = source[from] as number) !== AMPERSAND) {
      target[to++] = byte;
      from++;
    }
    if (from >= end) break;
    const entity = entityAt(source, from);
    if (entity === 0) break;
    target[to++] = entity;
    from += entity === AMPERSAND ? 5 : 4;
  }
  state.from = from;
  state.to = to;
}

/** The character of `&lt;`, `&gt;` or `&amp;` at this place, 0 for anything else. */
function entityAt(source: Uint8Array, at: number): number {
  const letter = source[at + 1];
  if (letter === LETTER_A)
    return source[at + 2] === LETTER_M && source[at + 3] === LETTER_P && source[at + 4] === SEMICOLON ? AMPERSAND : 0;
  if (source[at + 2] !== LETTER_T || source[at + 3] !== SEMICOLON) return 0;
  if (letter === LETTER_L) return LESS;
  return letter === LETTER_G ? GREATER : 0;
}
