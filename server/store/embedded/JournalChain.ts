import type { SealKeeper } from '../seal/SealKeeper.js';
import type { JournalPosition } from '../seal/sealFile.js';
import { Journal } from './Journal.js';
import type { JournalFolder } from './Journal.js';
import type { JournalName } from './journalFile.js';

/** What a chain begins with. */
interface ChainStart {
  readonly folder: JournalFolder;
  /** The engine's first journal. */
  readonly journal: Journal;
  readonly seal: SealKeeper;
  /** The highest document that is known. */
  readonly documents: number;
  /** Bytes of the journals before it that no snapshot stands for. */
  readonly replayed: number;
}

/**
 * The journals of one engine, and the seal that says how far they are acknowledged: one is written to, the next goes on
 * from it after a fold or after a write that failed.
 */
export class JournalChain {
  readonly #folder: JournalFolder;
  readonly #seal: SealKeeper;
  #journal: Journal;
  #documents: number;
  #before: number;
  #sequence: number;

  constructor(start: ChainStart) {
    this.#folder = start.folder;
    this.#seal = start.seal;
    this.#journal = start.journal;
    this.#documents = start.documents;
    this.#before = start.replayed;
    this.#sequence = start.journal.name.sequence;
  }

  /** Bytes in all journals that no snapshot stands for. */
  get size(): number {
    return this.#before + this.#journal.length;
  }

  /** The journal that is written to, and up to which byte it is acknowledged. */
  get current(): JournalPosition {
    return this.#journal.position;
  }

  /** Of the journal that is written to. */
  get headerDigest(): string {
    return this.#journal.headerDigest;
  }

  get name(): JournalName {
    return this.#journal.name;
  }

  /**
   * Appends one transaction, which is durable when the promise is fulfilled. After a failure the next call goes on in a
   * new journal.
   */
  async append(payload: Buffer): Promise<void> {
    if (this.#journal.isBroken) this.next();
    await this.#journal.append(payload);
  }

  /** The transaction appended last counts; `documents` is the highest that is known now. */
  acknowledge(documents: number): void {
    this.#documents = documents;
    this.#seal.note(this.current, documents);
  }

  /** The transaction appended last shall not count: what follows goes on from before it. */
  forgetLast(): void {
    this.#journal.forgetLast();
  }

  /** Goes on in a new journal and gives its name. */
  next(): JournalName {
    const last = this.#journal;
    this.#sequence += 1;
    // A journal that was half created can win over this one when the site is opened: this one must not go on.
    last.breakOff();
    // The seal is never more than one journal behind.
    this.settle();
    this.#journal = Journal.create(this.#folder, {
      name: { generation: last.name.generation, sequence: this.#sequence },
      previous: last.position,
    });
    this.#before += last.length;
    last.close();
    return this.#journal.name;
  }

  /** Seals what is acknowledged; durable on return. */
  settle(): void {
    this.#seal.settle(this.current, this.#documents);
  }

  /** Writes the seal again in every copy, whatever became of the files. */
  renewSeal(): void {
    this.#seal.renew(this.current, this.#documents);
  }

  /** A snapshot stands for so many bytes now. */
  folded(bytes: number): void {
    this.#before -= bytes;
  }

  /** Seals the end, and closes the files whatever comes of that. */
  close(): void {
    try {
      this.settle();
    } finally {
      this.#seal.close();
      this.#journal.close();
    }
  }
}
