import path from 'node:path';
import { SyncError } from '../../errors/SyncError.js';
import { createFile, writeAll, writing } from '../fileCalls.js';
import type { StoreFiles } from '../StoreFiles.js';
import { journalFile, sealTransaction, writeHeader, type JournalHeader, type JournalName } from './journalFile.js';

/** The journal an engine appends to. A failed write or sync makes it unusable: the database is opened again from disk. */
export class Journal {
  readonly name: JournalName;
  readonly #files: StoreFiles;
  readonly #file: string;
  readonly #descriptor: number;
  #length: number;
  #broken = false;

  private constructor(files: StoreFiles, opened: { name: JournalName; file: string; descriptor: number; length: number }) {
    this.#files = files;
    this.name = opened.name;
    this.#file = opened.file;
    this.#descriptor = opened.descriptor;
    this.#length = opened.length;
  }

  /** Creates the journal exclusively: a generation belongs to one engine. */
  static create(files: StoreFiles, folder: string, options: { name: JournalName; previous: JournalHeader['previous'] }): Journal {
    const file = path.join(folder, journalFile(options.name));
    const header = writeHeader(options.name, options.previous);
    const descriptor = createFile(files, file, header);
    return new Journal(files, { name: options.name, file, descriptor, length: header.length });
  }

  get length(): number {
    return this.#length;
  }

  /** Appends one transaction; durable on return. */
  append(payload: Buffer): void {
    if (this.#broken) throw new SyncError('StoreWriteFailed', { path: this.#file, reason: 'an earlier write to it failed' });
    const record = sealTransaction(payload);
    this.#broken = true;
    writing(this.#file, () => {
      writeAll(this.#files, this.#descriptor, { bytes: record, position: this.#length });
      this.#files.fdatasyncSync(this.#descriptor);
    });
    this.#broken = false;
    this.#length += record.length;
  }

  /** Refuses every further transaction: another journal stands in the folder that goes on from an earlier point. */
  breakOff(): void {
    this.#broken = true;
  }

  close(): void {
    this.#files.closeSync(this.#descriptor);
  }
}
