import { Slab } from '../platform/Slab.js';
import type { DocumentLocation } from './DocumentStore.js';
import type { OpenedBlock } from './segmentBlock.js';
import type { DocumentRecord } from './segmentRecord.js';

/** Bytes of blocks that stay unpacked: whoever reads documents reads their neighbours next. */
const KEPT_BYTES = 8 * 1024 * 1024;

/** Where a block begins. */
export interface BlockPlace {
  readonly segment: number;
  readonly position: number;
}

/** A block that is unpacked, and how long it is packed. */
export interface KeptBlock extends OpenedBlock, BlockPlace {
  readonly length: number;
}

/** The blocks that were unpacked last. */
export class KeptBlocks {
  readonly #slab = new Slab();
  #kept: readonly KeptBlock[] = [];

  /** The block in which a place of a segment lies. */
  at({ segment, position }: BlockPlace): KeptBlock | undefined {
    return this.#kept.find(
      (block) => block.segment === segment && block.position <= position && position < block.position + block.length,
    );
  }

  keep(block: KeptBlock): void {
    let bytes = 0;
    this.#kept = [block, ...this.#kept].filter(({ size }) => {
      bytes += size;
      return bytes <= KEPT_BYTES;
    });
  }

  /** The document of a block at a place, copied into `room`; undefined where none of that length begins. */
  record(block: KeptBlock, { position, length }: DocumentLocation, room = this.#slab): DocumentRecord | undefined {
    const part = block.parts.find((one) => block.position + one.at === position);
    if (part?.length !== length) return undefined;
    // A copy: one document that is held must not hold its whole block.
    if (block.parts.length === 1) return part;
    return { document: room.copy(part.document), notes: room.copy(part.notes) };
  }
}
