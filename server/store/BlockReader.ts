import type { DocumentLocation } from './DocumentStore.js';
import type { StoreFiles } from './StorePlace.js';
import { readAll, reading } from './fileCalls.js';
import { openBlock, type OpenedBlock, PART_HEADER, readPartHeader } from './segmentBlock.js';
import type { Segment } from './segmentFile.js';
import type { DocumentRecord } from './segmentRecord.js';

/** Bytes of blocks that stay unpacked: whoever reads documents reads their neighbours next. */
const KEPT_BYTES = 4 * 1024 * 1024;

interface KeptBlock extends OpenedBlock {
  readonly segment: number;
  readonly position: number;
  readonly length: number;
}

/** Reads documents out of the blocks of segments. */
export class BlockReader {
  readonly #files: StoreFiles;
  #kept: readonly KeptBlock[] = [];

  constructor(files: StoreFiles) {
    this.#files = files;
  }

  /** The document at a place of a segment; undefined when its block is damaged. @throws SyncError StoreReadFailed */
  async read(segment: Segment, { position, length }: DocumentLocation): Promise<DocumentRecord | undefined> {
    const block = this.#keptAt(segment, position) ?? (await this.#open(segment, position));
    const part = block?.parts.find((one) => block.position + one.at === position);
    if (block === undefined || part?.length !== length) return undefined;
    // A copy: one document that is held must not hold its whole block.
    return block.parts.length === 1 ? part : { document: Buffer.from(part.document), notes: Buffer.from(part.notes) };
  }

  #keptAt({ number }: Segment, position: number): KeptBlock | undefined {
    return this.#kept.find(
      (block) => block.segment === number && block.position <= position && position < block.position + block.length,
    );
  }

  async #open(segment: Segment, position: number): Promise<KeptBlock | undefined> {
    const part = readPartHeader(this.#bytesAt(segment, position, PART_HEADER));
    if (part === undefined || part.back > position) return undefined;
    const start = position - part.back;
    const opened = await openBlock(this.#bytesAt(segment, start, part.block));
    if (opened === undefined) return undefined;
    const block = { ...opened, segment: segment.number, position: start, length: part.block };
    this.#keep(block);
    return block;
  }

  #bytesAt(segment: Segment, position: number, length: number): Buffer {
    const bytes = Buffer.allocUnsafe(length);
    return bytes.subarray(
      0,
      reading(segment.file, () => readAll(this.#files, segment.descriptor, { bytes, position })),
    );
  }

  #keep(block: KeptBlock): void {
    let bytes = 0;
    this.#kept = [block, ...this.#kept].filter(({ size }) => {
      bytes += size;
      return bytes <= KEPT_BYTES;
    });
  }
}
