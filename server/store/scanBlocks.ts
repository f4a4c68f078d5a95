import type { DocumentLocation } from './DocumentStore.js';
import type { StoreFiles } from './StorePlace.js';
import { openBlock, type OpenedBlock, PART_HEADER, readPartHeader } from './segmentBlock.js';
import { bytesOfSegment, type Segment } from './segmentFile.js';

/** What was found without its row. */
export type Scanned =
  | { readonly location: DocumentLocation; readonly document: Uint8Array }
  // So many bytes are no document.
  | { readonly unreadable: number };

const WINDOW = 64 * 1024;
/** Where a part says how far it is from the beginning of its block. */
const BACK = 12;

/** The documents of a segment of blocks, and the bytes between them that are none. */
export async function* scanBlocks(files: StoreFiles, segment: Segment): AsyncGenerator<Scanned, void> {
  for (let position = segment.start; position < segment.length;) {
    const length = blockLengthAt(files, segment, position);
    const block = length === undefined ? undefined : await blockAt(files, segment, { position, length });
    if (block === undefined || length === undefined) {
      const next = nextBlock(files, segment, position + 1);
      yield { unreadable: next - position };
      position = next;
      continue;
    }
    for (const part of block.parts)
      yield {
        location: { segment: segment.number, position: position + part.at, length: part.length },
        document: part.document,
      };
    position += length;
  }
}

async function blockAt(
  files: StoreFiles,
  segment: Segment,
  { position, length }: { position: number; length: number },
): Promise<OpenedBlock | undefined> {
  return openBlock(bytesOfSegment(files, segment, { position, length }));
}

/** Undefined where no block begins. */
function blockLengthAt(files: StoreFiles, segment: Segment, position: number): number | undefined {
  const header = readPartHeader(bytesOfSegment(files, segment, { position, length: PART_HEADER }));
  return header?.back === 0 && header.block <= segment.length - position ? header.block : undefined;
}

/** The next place where the first part of a block stands; the end where there is none. */
function nextBlock(files: StoreFiles, segment: Segment, from: number): number {
  for (let position = from; position < segment.length; position += WINDOW) {
    const window = bytesOfSegment(files, segment, { position, length: WINDOW + PART_HEADER });
    for (let at = 0; at < WINDOW && at + PART_HEADER <= window.length; at += 1)
      if (window.readUInt32LE(at + BACK) === 0 && blockLengthAt(files, segment, position + at) !== undefined)
        return position + at;
  }
  return segment.length;
}
