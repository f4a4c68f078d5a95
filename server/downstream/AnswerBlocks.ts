import type { MessagePiece } from '../wire/getUpdateData.js';
import { escapePart } from '../xml/escaping.js';

/** What is sent at once: enough for the network, little for the memory of one connection. */
export const BLOCK_BYTES = 128 * 1024;

/** Blocks that wait for the next answer. New ones for every answer would keep the garbage collector busy. */
const SPARE_BLOCKS = 16;

const spare: Buffer[] = [];

/** A block to write into; what stands in it is left of others. */
export function takeBlock(): Buffer {
  return spare.pop() ?? Buffer.allocUnsafeSlow(BLOCK_BYTES);
}

/** Gives a block back that nobody reads any more. One that is not given back is garbage, nothing worse. */
export function giveBlock(block: Buffer): void {
  if (spare.length < SPARE_BLOCKS) spare.push(block);
}

/**
 * A message that is made while it is sent, in groups of pieces. Whoever asks for the next group says how many bytes of
 * the message there are so far; what the pieces are made of stays until then.
 */
export type MessagePieces = AsyncGenerator<Iterable<MessagePiece>, void, number>;

/**
 * The bytes of a message in blocks of one size, the last one shorter. Each stays until the second one after it. There
 * are two at most, filled in turns, and no second one before it is needed: `taken` gets each, for the caller to give
 * back.
 */
export async function* inBlocks(pieces: MessagePieces, taken: Buffer[]): AsyncGenerator<Buffer, void, undefined> {
  let block = newBlock(taken);
  let [size, total] = [0, 0];
  try {
    for (let group = await pieces.next(total); group.done !== true; group = await pieces.next(total))
      for (const piece of group.value) {
        const bytes = bytesOf(piece, block.length - size);
        total += bytes.length;
        for (let at = 0; at < bytes.length;) {
          const part = bytes.subarray(at, at + block.length - size);
          block.set(part, size);
          size += part.length;
          at += part.length;
          if (size < block.length) continue;
          yield block;
          block = taken.find((one) => one !== block) ?? newBlock(taken);
          size = 0;
        }
      }
    if (size > 0) yield block.subarray(0, size);
  } finally {
    await pieces.return();
  }
}

function newBlock(taken: Buffer[]): Buffer {
  const block = takeBlock();
  taken.push(block);
  return block;
}

/** What was escaped stays until something else is: a copy where it does not fit into `room` and others come between. */
function bytesOf(piece: MessagePiece, room: number): Uint8Array {
  if (!('text' in piece)) return piece;
  const escaped = escapePart(piece.text);
  return escaped.length < room ? escaped : Uint8Array.from(escaped);
}
