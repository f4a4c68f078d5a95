import path from 'node:path';
import { createFile, writeAll, writing } from '../fileCalls.js';
import type { StoreFiles } from '../StoreFiles.js';
import {
  journalFile,
  sealJournal,
  sealTransaction,
  writeHeader,
  type JournalHeader,
  type JournalName,
} from './journalFile.js';

/**
 * One journal that this engine writes. After a write that failed it is broken: another one has to go on from its
 * length.
 */
export class Journal {
  readonly name: JournalName;
  readonly #files: StoreFiles;
  readonly #file: string;
  readonly #descriptor: number;
  #length: number;
  #lastLength: number;
  #broken = false;

  private constructor(
    files: StoreFiles,
    opened: { name: JournalName; file: string; descriptor: number; length: number },
  ) {
    this.#files = files;
    this.name = opened.name;
    this.#file = opened.file;
    this.#descriptor = opened.descriptor;
    this.#length = opened.length;
    this.#lastLength = opened.length;
  }

  /** Creates the journal exclusively: a generation belongs to one engine. */
  static create(
    files: StoreFiles,
    folder: string,
    options: { name: JournalName; previous: JournalHeader['previous'] },
  ): Journal {
    const file = path.join(folder, journalFile(options.name));
    const header = writeHeader(options.name, options.previous);
    const descriptor = createFile(files, file, header);
    return new Journal(files, { name: options.name, file, descriptor, length: header.length });
  }

  /** Bytes up to the end of the last whole transaction. */
  get length(): number {
    return this.#length;
  }

  get isBroken(): boolean {
    return this.#broken;
  }

  /** Appends one transaction; durable on return. */
  append(payload: Buffer): void {
    const record = sealTransaction(payload);
    this.#broken = true;
    writing(this.#file, () => {
      writeAll(this.#files, this.#descriptor, { bytes: record, position: this.#length });
      this.#files.fdatasyncSync(this.#descriptor);
    });
    this.#broken = false;
    this.#lastLength = this.#length;
    this.#length += record.length;
  }

  /** The transaction appended last shall not count: another journal goes on from before it. */
  forgetLast(): void {
    this.#length = this.#lastLength;
    this.#broken = true;
  }

  /** Another journal may stand in the folder that goes on from here: nothing can be appended any more. */
  breakOff(): void {
    this.#broken = true;
  }

  /**
   * Closes the file; the last journal of an engine gets its seal, so that damage of its end can be told from a kill.
   */
  close(options: { seal: boolean }): void {
    try {
      if (options.seal && !this.#broken)
        writing(this.#file, () =>
          writeAll(this.#files, this.#descriptor, { bytes: sealJournal(this.#length), position: this.#length }),
        );
    } finally {
      this.#files.closeSync(this.#descriptor);
    }
  }
}
