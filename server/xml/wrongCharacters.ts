import { isUtf8 } from 'node:buffer';
import type { Steps } from '../platform/inTurns.js';

/** U+FFFE and U+FFFF in UTF-8. */
const NO_CHARACTERS = [Buffer.from([0xef, 0xbf, 0xbe]), Buffer.from([0xef, 0xbf, 0xbf])];
const RULES: readonly (readonly [isRight: (bytes: Buffer) => boolean, reason: string])[] = [
  [isUtf8, 'it is not UTF-8'],
  [(bytes) => !NO_CHARACTERS.some((one) => bytes.includes(one)), 'it has a character that XML does not allow'],
];
/** Bytes that are looked at in one step, each time in a loop of native code. */
const PIECE = 4 * 1024 * 1024;
const LONGEST_CHARACTER = 4;

/** Why the bytes are no characters of XML, in steps; undefined where they are. */
export function* wrongCharacters(bytes: Buffer): Steps<string | undefined> {
  for (const [isRight, reason] of RULES)
    for (let from = 0, to = 0; from < bytes.length; from = to) {
      to = pieceEnd(bytes, from);
      if (!isRight(bytes.subarray(from, to))) return reason;
      if (to < bytes.length) yield;
    }
  return undefined;
}

/** Where a piece ends: not within a character. */
function pieceEnd(bytes: Buffer, from: number): number {
  const most = from + PIECE;
  if (most >= bytes.length) return bytes.length;
  let end = most;
  while (end > most - LONGEST_CHARACTER && ((bytes[end] as number) & 0xc0) === 0x80) end -= 1;
  return end;
}
