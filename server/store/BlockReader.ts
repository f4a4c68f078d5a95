import type { Slab } from '../platform/Slab.js';
import type { DocumentLocation } from './DocumentStore.js';
import { type BlockPlace, type KeptBlock, KeptBlocks } from './KeptBlocks.js';
import type { StoreFiles } from './StorePlace.js';
import { readAll, reading } from './fileCalls.js';
import { openBlock, PART_HEADER, readPartHeader } from './segmentBlock.js';
import type { Segment } from './segmentFile.js';
import type { DocumentRecord } from './segmentRecord.js';

/** Nothing larger is unpacked before somebody asks for it. */
const LARGEST_AHEAD = 1024 * 1024;

/**
 * Reads documents out of the blocks of segments, which are unpacked beside the thread. Whoever reads one block after
 * the other finds the next one unpacked.
 */
export class BlockReader {
  readonly #files: StoreFiles;
  readonly #kept = new KeptBlocks();
  /** Those that are being unpacked, so that each is unpacked once. */
  readonly #opening = new Map<string, Promise<KeptBlock | undefined>>();
  /** Where the block begins that stands behind the one opened last. */
  #next: BlockPlace | undefined;

  constructor(files: StoreFiles) {
    this.#files = files;
  }

  /** The document at a place of a segment; undefined when its block is damaged. @throws SyncError StoreReadFailed */
  async read(segment: Segment, location: DocumentLocation, room?: Slab): Promise<DocumentRecord | undefined> {
    const block = this.#kept.at(location) ?? (await this.#openAt(segment, location.position));
    return block === undefined ? undefined : this.#kept.record(block, location, room);
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
    if (position + PART_HEADER > segment.length || this.#kept.at({ segment: segment.number, position }) !== undefined)
      return;
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
    this.#kept.keep(block);
    return block;
  }

  #bytesAt(segment: Segment, position: number, length: number): Buffer {
    const bytes = Buffer.allocUnsafe(length);
    return bytes.subarray(
      0,
      reading(segment.file, () => readAll(this.#files, segment.descriptor, { bytes, position })),
    );
  }
}
