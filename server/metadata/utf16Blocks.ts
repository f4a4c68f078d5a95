import { transcode } from 'node:buffer';
import { CABINET_BLOCK_BYTES } from './cabinetBlock.js';

/** Of characters of one byte it makes exactly one block. */
const PIECE_BYTES = CABINET_BLOCK_BYTES / 2;
const EMPTY = Buffer.alloc(0);

/** UTF-8 as UTF-16LE in blocks of a cabinet, the last one shorter: a large document is never there as a whole. */
export function* utf16Blocks(utf8: Uint8Array): Generator<Buffer, void, void> {
  let rest: Buffer = EMPTY;
  for (let at = 0, end = 0; at < utf8.length; at = end) {
    end = characterStart(utf8, at + PIECE_BYTES);
    const text = transcode(utf8.subarray(at, end), 'utf8', 'utf16le');
    rest = rest.length === 0 ? text : Buffer.concat([rest, text]);
    for (; rest.length >= CABINET_BLOCK_BYTES; rest = rest.subarray(CABINET_BLOCK_BYTES))
      yield rest.subarray(0, CABINET_BLOCK_BYTES);
  }
  if (rest.length > 0) yield rest;
}

/** The start of the character that the byte belongs to; a character has four bytes at most. */
function characterStart(utf8: Uint8Array, at: number): number {
  if (at >= utf8.length) return utf8.length;
  for (let start = at; start > at - 4; start--) if (((utf8[start] ?? 0) & 0xc0) !== 0x80) return start;
  return at;
}
