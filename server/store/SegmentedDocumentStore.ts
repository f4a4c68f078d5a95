import path from 'node:path';
import type { SegmentInfo } from '../criteria/segmentsToCompact.js';
import { SyncError } from '../errors/SyncError.js';
import { Mutex } from '../platform/Mutex.js';
import type { Slab } from '../platform/Slab.js';
import { BlockReader } from './BlockReader.js';
import type { DocumentLocation, DocumentStore, DocumentStream, HeldSegments, SegmentState } from './DocumentStore.js';
import type { StoreFiles } from './StorePlace.js';
import { readAll, reading, syncBytesInBackground, writeAll, writing, writingLater } from './fileCalls.js';
import { sealWithNotes, SEGMENT_LIMIT } from './packing.js';
import type { SealedDocuments } from './segmentBlock.js';
import {
  createSegment,
  generationOfSegment,
  inspectSegment,
  openSegment,
  parseSegmentFile,
  segmentFile,
  SEGMENTS_OF_ENGINE,
} from './segmentFile.js';
import type { Segment, SegmentPlace } from './segmentFile.js';
import { openRecord, RECORD_HEADER } from './segmentRecord.js';
import type { DocumentRecord } from './segmentRecord.js';

const OPEN_FOR_READING = 32;

/** Documents in append-only segments below one folder; an engine writes only to segments of its own generation. */
export class SegmentedDocumentStore implements DocumentStore {
  readonly #folder: string;
  readonly #files: StoreFiles;
  readonly #generation: number;
  readonly #site: string;
  #sequence = 0;
  readonly #writing = new Map<DocumentStream, Segment>();
  readonly #reading = new Map<number, Segment>();
  readonly #blocks: BlockReader;
  /** Documents are appended one batch after the other. */
  readonly #appending = new Mutex();
  #holds = 0;

  /** `site`: GUID of the site. */
  constructor(options: { folder: string; files: StoreFiles; generation: number; site: string }) {
    this.#folder = options.folder;
    this.#files = options.files;
    this.#generation = options.generation;
    this.#site = options.site;
    this.#blocks = new BlockReader(options.files);
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
    return this.#appending.take(async () => this.#write(this.#segmentFor(stream), sealed));
  }

  async read(location: DocumentLocation): Promise<Uint8Array> {
    return (await this.readRecord(location)).document;
  }

  async readRecord(location: DocumentLocation, room?: Slab): Promise<DocumentRecord> {
    const segment = this.#segmentToRead(location.segment);
    const opened =
      segment.dictionary === undefined
        ? await this.#blocks.read(segment, location, room)
        : this.#readSingle(segment, location, segment.dictionary);
    if (opened === undefined)
      throw new SyncError('StoreCorrupt', {
        path: segment.file,
        reason: `the record at ${location.position} cannot be read`,
      });
    return opened;
  }

  async segments(): Promise<readonly SegmentInfo[]> {
    const known = (await this.inspect()).filter(({ number }) => generationOfSegment(number) <= this.#generation);
    return known.map(({ number, start, size }) => ({
      segment: number,
      size,
      records: size - start,
      isWritten: this.#isWritten(number),
    }));
  }

  hold(): HeldSegments {
    const names = reading(this.#folder, () => this.#files.readdirSync(this.#folder));
    const files = names
      .filter((name) => (parseSegmentFile(name) ?? Infinity) < (this.#generation + 1) * SEGMENTS_OF_ENGINE)
      .map((name) => ({ name, length: sizeOf(this.#files, path.join(this.#folder, name)) }));
    this.#holds += 1;
    let isHeld = true;
    return {
      files,
      release: () => {
        if (isHeld) this.#holds -= 1;
        isHeld = false;
      },
    };
  }

  async drop(segment: number): Promise<void> {
    if (this.#holds > 0)
      throw new SyncError('StoreWriteFailed', { path: this.fileOf(segment), reason: 'a backup is reading it' });
    if (this.#isWritten(segment)) return Promise.resolve();
    const file = this.fileOf(segment);
    const open = this.#reading.get(segment);
    writing(file, () => {
      this.#reading.delete(segment);
      // Windows does not remove what is open.
      if (open !== undefined) this.#files.closeSync(open.descriptor);
      this.#files.rmSync(file, { force: true });
    });
    return Promise.resolve();
  }

  beginSegments(): void {
    this.#writing.clear();
  }

  async inspect(): Promise<readonly SegmentState[]> {
    const names = reading(this.#folder, () => this.#files.readdirSync(this.#folder));
    const numbers = names
      .map(parseSegmentFile)
      .filter((number) => number !== undefined)
      .sort((a, b) => a - b);
    return Promise.resolve(numbers.map((number) => inspectSegment(this.#files, this.#placeOf(number))));
  }

  reopened(): DocumentStore {
    return new SegmentedDocumentStore({
      folder: this.#folder,
      files: this.#files,
      generation: this.#generation,
      site: this.#site,
    });
  }

  /** Where a segment lies. */
  fileOf(number: number): string {
    return path.join(this.#folder, segmentFile(number));
  }

  async close(): Promise<void> {
    // What is being written ends first.
    await this.#appending.take(async () => Promise.resolve());
    this.#closeFiles();
  }

  #closeFiles(): void {
    for (const segment of new Set([...this.#writing.values(), ...this.#reading.values()]))
      this.#files.closeSync(segment.descriptor);
    this.#writing.clear();
    this.#reading.clear();
  }

  #placeOf(number: number): SegmentPlace {
    return { file: this.fileOf(number), number, site: this.#site };
  }

  #isWritten(number: number): boolean {
    return [...this.#writing.values()].some((segment) => segment.number === number);
  }

  async #write(segment: Segment, { bytes, lengths }: SealedDocuments): Promise<readonly DocumentLocation[]> {
    let position = segment.length;
    const locations = lengths.map((length) => {
      const location = { segment: segment.number, position, length };
      position += length;
      return location;
    });
    await writingLater(segment.file, async () => {
      writeAll(this.#files, segment.descriptor, { bytes, position: segment.length });
      await syncBytesInBackground(this.#files, segment.descriptor);
    });
    segment.length = position;
    return locations;
  }

  #readSingle(
    segment: Segment,
    { position, length }: DocumentLocation,
    dictionary: Uint8Array,
  ): DocumentRecord | undefined {
    const record = Buffer.allocUnsafe(length);
    const read = reading(segment.file, () => readAll(this.#files, segment.descriptor, { bytes: record, position }));
    return read < RECORD_HEADER || read < length ? undefined : openRecord(record, dictionary);
  }

  #segmentFor(stream: DocumentStream): Segment {
    const open = this.#writing.get(stream);
    if (open !== undefined && open.length < SEGMENT_LIMIT) return open;
    const number = this.#generation * SEGMENTS_OF_ENGINE + this.#sequence;
    this.#sequence += 1;
    const segment = createSegment(this.#files, this.#placeOf(number));
    this.#writing.set(stream, segment);
    this.#reading.set(number, segment);
    return segment;
  }

  #segmentToRead(number: number): Segment {
    const known = this.#reading.get(number);
    if (known !== undefined) return known;
    const segment = openSegment(this.#files, this.#placeOf(number));
    if (this.#reading.size >= OPEN_FOR_READING) this.#closeOldest();
    this.#reading.set(number, segment);
    return segment;
  }

  #closeOldest(): void {
    const writing = new Set(this.#writing.values());
    for (const [number, segment] of this.#reading) {
      if (writing.has(segment)) continue;
      this.#reading.delete(number);
      this.#files.closeSync(segment.descriptor);
      return;
    }
  }
}

function sizeOf(files: StoreFiles, file: string): number {
  return reading(file, () => files.lstatSync(file).size);
}
