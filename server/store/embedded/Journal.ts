import path from 'node:path';
import type { StoreFiles } from '../StorePlace.js';
import { createFile, syncBytesInBackground, writeAll, writingLater } from '../fileCalls.js';
import type { JournalPosition } from '../seal/sealFile.js';
import { digestOfHeader, digestWith, encodeTransaction, journalFile, writeHeader } from './journalFile.js';
import type { JournalName } from './journalFile.js';

/** Whose journals lie where. */
export interface JournalFolder {
  readonly files: StoreFiles;
  readonly folder: string;
  /** GUID of the site. */
  readonly site: string;
}

interface OpenJournal {
  readonly name: JournalName;
  readonly file: string;
  readonly descriptor: number;
  readonly header: Buffer;
}

/**
 * One journal that this engine writes. After a write that failed it is broken: another one has to go on from its
 * length.
 */
export class Journal {
  readonly name: JournalName;
  readonly headerDigest: string;
  readonly #files: StoreFiles;
  readonly #file: string;
  readonly #descriptor: number;
  /** Up to the end of the last whole transaction, and of the one before. */
  #end: { length: number; digest: string };
  #lastEnd: { length: number; digest: string };
  #broken = false;

  constructor(files: StoreFiles, { name, file, descriptor, header }: OpenJournal) {
    this.#files = files;
    this.name = name;
    this.#file = file;
    this.#descriptor = descriptor;
    this.headerDigest = digestOfHeader(header);
    this.#end = { length: header.length, digest: this.headerDigest };
    this.#lastEnd = this.#end;
  }

  /** Creates the journal exclusively: a generation belongs to one engine. */
  static create(place: JournalFolder, options: { name: JournalName; previous: JournalPosition | null }): Journal {
    const file = path.join(place.folder, journalFile(options.name));
    const header = writeHeader({ ...options, site: place.site });
    return new Journal(place.files, {
      name: options.name,
      file,
      header,
      descriptor: createFile(place.files, file, header),
    });
  }

  /** Up to where it is acknowledged. */
  get position(): JournalPosition {
    return { ...this.name, ...this.#end };
  }

  /** Bytes up to the end of the last whole transaction. */
  get length(): number {
    return this.#end.length;
  }

  get isBroken(): boolean {
    return this.#broken;
  }

  /** Appends one transaction, which is durable when the promise is fulfilled; one after the other. */
  async append(payload: Buffer): Promise<void> {
    const record = encodeTransaction(payload);
    this.#broken = true;
    await writingLater(this.#file, async () => {
      writeAll(this.#files, this.#descriptor, { bytes: record, position: this.#end.length });
      await syncBytesInBackground(this.#files, this.#descriptor);
    });
    this.#broken = false;
    this.#lastEnd = this.#end;
    this.#end = { length: this.#end.length + record.length, digest: digestWith(this.#end.digest, record) };
  }

  /** The transaction appended last shall not count: another journal goes on from before it. */
  forgetLast(): void {
    this.#end = this.#lastEnd;
    this.#broken = true;
  }

  /** Another journal may stand in the folder that goes on from here: nothing can be appended any more. */
  breakOff(): void {
    this.#broken = true;
  }

  close(): void {
    this.#files.closeSync(this.#descriptor);
  }
}
