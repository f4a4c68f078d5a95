import type { StoreFiles } from '../StoreFiles.js';
import { Journal } from './Journal.js';
import type { JournalName } from './journalFile.js';

/**
 * What a chain begins with: the engine's first journal, and the bytes of the journals before it that no snapshot stands
 * for.
 */
export interface ChainStart {
  readonly files: StoreFiles;
  readonly folder: string;
  readonly journal: Journal;
  readonly replayed: number;
}

/**
 * The journals of one engine: one is written to, the next goes on from it after a fold or after a write that failed.
 */
export class JournalChain {
  readonly #files: StoreFiles;
  readonly #folder: string;
  #journal: Journal;
  #before: number;
  #sequence: number;

  constructor(start: ChainStart) {
    this.#files = start.files;
    this.#folder = start.folder;
    this.#journal = start.journal;
    this.#before = start.replayed;
    this.#sequence = start.journal.name.sequence;
  }

  /** Bytes in all journals that no snapshot stands for. */
  get size(): number {
    return this.#before + this.#journal.length;
  }

  /** The journal that is written to, and up to which byte it is acknowledged. */
  get current(): JournalName & { readonly length: number } {
    return { ...this.#journal.name, length: this.#journal.length };
  }

  get name(): JournalName {
    return this.#journal.name;
  }

  /** Appends one transaction; durable on return. After a failure the next call goes on in a new journal. */
  append(payload: Buffer): void {
    if (this.#journal.isBroken) this.next();
    this.#journal.append(payload);
  }

  /** The transaction appended last could not be applied: what follows goes on from before it. */
  forgetLast(): void {
    this.#journal.forgetLast();
  }

  /** Goes on in a new journal and gives its name. */
  next(): JournalName {
    const last = this.#journal;
    this.#sequence += 1;
    // A journal that was half created can win over this one when the site is opened: this one must not go on.
    last.breakOff();
    this.#journal = Journal.create(this.#files, this.#folder, {
      name: { generation: last.name.generation, sequence: this.#sequence },
      previous: { ...last.name, length: last.length },
    });
    this.#before += last.length;
    last.close({ seal: false });
    return this.#journal.name;
  }

  /** A snapshot stands for so many bytes now. */
  folded(bytes: number): void {
    this.#before -= bytes;
  }

  close(): void {
    this.#journal.close({ seal: true });
  }
}
