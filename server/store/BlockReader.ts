import { Slab } from '../platform/Slab.js';
import type { DocumentLocation } from './DocumentStore.js';
import type { StoreFiles } from './StorePlace.js';
import { readAll, reading } from './fileCalls.js';
import { openBlock, type OpenedBlock, PART_HEADER, readPartHeader } from './segmentBlock.js';
import type { Segment } from './segmentFile.js';
import type { DocumentRecord } from './segmentRecord.js';

/** Bytes of blocks that stay unpacked: whoever reads documents reads their neighbours next. */
const KEPT_BYTES = 8 * 1024 * 1024;

/** Nothing larger is unpacked before somebody asks for it. */
const LARGEST_AHEAD = 1024 * 1024;

interface KeptBlock extends OpenedBlock {
  readonly segment: number;
  readonly position: number;
  readonly length: number;
}

/** Where a block begins. */
type BlockPlace = Pick<KeptBlock, 'segment' | 'position'>;

/**
 * Reads documents out of the blocks of segments, which are unpacked beside the thread. Whoever reads one block after
 * the other finds the next one unpacked.
 */
export class BlockReader {
  readonly #files: StoreFiles;
  readonly #slab = new Slab();
  #kept: readonly KeptBlock[] = [];
  /** Those that are being unpacked, so that each is unpacked once. */
  readonly #opening = new Map<string, Promise<KeptBlock | undefined>>();
  /** Where the block begins that stands behind the one opened last. */
  #next: BlockPlace | undefined;

  constructor(files: StoreFiles) {
    this.#files = files;
  }

  /** The document at a place of a segment; undefined when its block is damaged. @throws SyncError StoreReadFailed */
  async read(segment: Segment, { position, length }: DocumentLocation): Promise<DocumentRecord | undefined> {
    const block = this.#keptAt(segment, position) ?? (await this.#openAt(segment, position));
    const part = block?.parts.find((one) => block.position + one.at === position);
    if (block === undefined || part?.length !== length) return undefined;
    // A copy: one document that is held must not hold its whole block.
    if (block.parts.length === 1) return part;
    return { document: this.#slab.copy(part.document), notes: this.#slab.copy(part.notes) };
  }

  #keptAt({ number }: Segment, position: number): KeptBlock | undefined {
    return this.#kept.find(
      (block) => block.segment === number && block.position <= position && position < block.position + block.length,
    );
  }

  async #openAt(segment: Segment, position: number): Promise<KeptBlock | undefined> {
    const part = readPartHeader(this.#bytesAt(segment, position, PART_HEADER));
    if (part === undefined || part.back > position) return undefined;
    const place = { segment: segment.number, position: position - part.back };
    const isNext = this.#next?.segment === place.segment && this.#next.position === place.position;
    this.#next = { ...place, position: place.position + part.block };
    const opening = this.#openOnce(segment, place.position, part.block);
    if (isNext) this.#openAhead(segment, this.#next.position);
    return opening;
  }

  /** Whoever comes for it is told what is wrong with it. */
  #openAhead(segment: Segment, position: number): void {
    if (position + PART_HEADER > segment.length || this.#keptAt(segment, position) !== undefined) return;
    const part = readPartHeader(this.#bytesAt(segment, position, PART_HEADER));
    if (part?.back !== 0 || Math.max(part.block, part.document) > LARGEST_AHEAD) return;
    this.#openOnce(segment, position, part.block).catch(() => undefined);
  }

  async #openOnce(segment: Segment, position: number, length: number): Promise<KeptBlock | undefined> {
    const key = `${segment.number} ${position} ${length}`;
    const known = this.#opening.get(key);
    if (known !== undefined) return known;
    const opening = this.#open(this.#bytesAt(segment, position, length), { segment: segment.number, position });
    this.#opening.set(key, opening);
    return opening.finally(() => this.#opening.delete(key));
  }

  async #open(bytes: Buffer, place: BlockPlace): Promise<KeptBlock | undefined> {
    const opened = await openBlock(bytes, { aside: true });
    if (opened === undefined) return undefined;
    const block = { ...opened, ...place, length: bytes.length };
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
