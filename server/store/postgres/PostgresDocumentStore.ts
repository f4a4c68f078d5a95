import type { SegmentInfo } from '../../criteria/segmentsToCompact.js';
import { SyncError } from '../../errors/SyncError.js';
import { Mutex } from '../../platform/Mutex.js';
import type { Slab } from '../../platform/Slab.js';
import type { DocumentLocation, DocumentStore, DocumentStream, HeldSegments, SegmentState } from '../DocumentStore.js';
import { type KeptBlock, KeptBlocks } from '../KeptBlocks.js';
import { sealWithNotes, SEGMENT_LIMIT } from '../packing.js';
import { openBlock, readPartHeader, type SealedDocuments } from '../segmentBlock.js';
import type { DocumentRecord } from '../segmentRecord.js';
import type { PostgresTransactions } from './PostgresTransactions.js';
import { claimantOf, refusal, type WritingEngine } from './refusedWrite.js';
import { addPieces, addSegment, dropSegment, inspectSegments, nextSegment, readBlock } from './documentRows.js';

/** A segment that this store appends to. */
interface OpenSegment {
  readonly number: number;
  size: number;
}

/** Documents in PostgreSQL, in the same blocks and segments as in files; a block is kept in rows of its bytes. */
export class PostgresDocumentStore implements DocumentStore {
  readonly #transactions: PostgresTransactions;
  readonly #where: string;
  readonly #options: WritingEngine & { readonly where: string };
  readonly #writing = new Map<DocumentStream, OpenSegment>();
  readonly #appending = new Mutex();
  readonly #kept = new KeptBlocks();
  /** Whoever reads a segment finds what somebody before has unpacked. */
  readonly #reading = new Map<number, Mutex>();

  /** `where`: the database, as messages name it. */
  constructor(transactions: PostgresTransactions, options: WritingEngine & { readonly where: string }) {
    this.#transactions = transactions;
    this.#options = options;
    this.#where = options.where;
  }

  async append(
    stream: DocumentStream,
    documents: readonly Uint8Array[],
    notes: readonly Uint8Array[] = [],
  ): Promise<readonly DocumentLocation[]> {
    return this.appendSealed(stream, await sealWithNotes(documents, notes));
  }

  async appendSealed(stream: DocumentStream, sealed: SealedDocuments): Promise<readonly DocumentLocation[]> {
    if (sealed.lengths.length === 0) return [];
    return this.#appending.take(async () => this.#append(stream, sealed));
  }

  async read(location: DocumentLocation): Promise<Uint8Array> {
    return (await this.readRecord(location)).document;
  }

  async readRecord(location: DocumentLocation, room?: Slab): Promise<DocumentRecord> {
    const block = this.#kept.at(location) ?? (await this.#inTurn(location));
    const record = block === undefined ? undefined : this.#kept.record(block, location, room);
    if (record !== undefined) return record;
    throw new SyncError('StoreCorrupt', {
      path: this.fileOf(location.segment),
      reason: `the record at ${location.position} cannot be read`,
    });
  }

  async segments(): Promise<readonly SegmentInfo[]> {
    return (await this.inspect()).map(({ number, size }) => ({
      segment: number,
      size,
      records: size,
      isWritten: this.#isWritten(number),
    }));
  }

  async drop(segment: number): Promise<void> {
    if (this.#isWritten(segment)) return;
    await this.#transactions.write({
      body: async (session) => {
        if (!(await dropSegment(session, segment, claimantOf(this.#options))))
          throw await refusal(session, this.#options);
      },
    });
  }

  hold(): HeldSegments {
    throw new SyncError('StoreInDatabase', { where: this.#where, what: 'a backup of files' });
  }

  beginSegments(): void {
    this.#writing.clear();
  }

  async inspect(): Promise<readonly SegmentState[]> {
    const found = await this.#transactions.read(inspectSegments);
    return found.map(({ number, size, stored }) => ({
      number,
      path: this.fileOf(number),
      start: 0,
      size,
      problem: stored === size ? undefined : `${stored} of its ${size} bytes are there`,
    }));
  }

  fileOf(segment: number): string {
    return `segment ${segment} of ${this.#where}`;
  }

  reopened(): DocumentStore {
    return new PostgresDocumentStore(this.#transactions, this.#options);
  }

  async close(): Promise<void> {
    await this.#appending.take(async () => Promise.resolve());
  }

  #isWritten(number: number): boolean {
    return [...this.#writing.values()].some((segment) => segment.number === number);
  }

  /** Into another segment where this one is full, or where somebody has removed it meanwhile. */
  async #append(stream: DocumentStream, sealed: SealedDocuments): Promise<readonly DocumentLocation[]> {
    const open = this.#writing.get(stream);
    if (open !== undefined && open.size < SEGMENT_LIMIT) {
      const locations = await this.#write(open, sealed);
      if (locations !== undefined) return locations;
    }
    const segment = { number: await this.#transactions.read(nextSegment), size: 0 };
    this.#writing.set(stream, segment);
    return (await this.#write(segment, sealed)) ?? [];
  }

  /** Done again after a lost connection it writes the same: only this store writes to the segment. */
  async #write(segment: OpenSegment, sealed: SealedDocuments): Promise<readonly DocumentLocation[] | undefined> {
    const { number, size } = segment;
    const isThere = await this.#transactions.write({
      body: async (session) => {
        if (!(await addSegment(session, { number, size, added: sealed.bytes.length }, claimantOf(this.#options)))) {
          if (size === 0) throw await refusal(session, this.#options);
          return false;
        }
        await addPieces(session, { number, size, blocks: blocksOf(sealed.bytes) });
        return true;
      },
    });
    if (!isThere) return undefined;
    segment.size += sealed.bytes.length;
    let position = size;
    return sealed.lengths.map((length) => {
      position += length;
      return { segment: number, position: position - length, length };
    });
  }

  async #inTurn(location: DocumentLocation): Promise<KeptBlock | undefined> {
    const turn = this.#reading.get(location.segment) ?? new Mutex();
    this.#reading.set(location.segment, turn);
    return turn.take(async () => this.#kept.at(location) ?? this.#open(location));
  }

  async #open({ segment, position }: DocumentLocation): Promise<KeptBlock | undefined> {
    const found = await this.#transactions.read(async (session) => readBlock(session, segment, position));
    if (found === undefined) return undefined;
    const opened = await openBlock(found.bytes, { aside: true });
    if (opened === undefined) return undefined;
    const block = { ...opened, segment, position: found.position, length: found.bytes.length };
    this.#kept.keep(block);
    return block;
  }
}

/** The blocks that stand one behind the other. */
function blocksOf(bytes: Uint8Array): readonly Buffer[] {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const blocks: Buffer[] = [];
  for (let at = 0; at < all.length; at += blocks.at(-1)?.length ?? Infinity)
    blocks.push(all.subarray(at, at + (readPartHeader(all, at)?.block ?? Infinity)));
  return blocks;
}
