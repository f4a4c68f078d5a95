import { KeptBytes } from './KeptBytes.js';

/** Packed answers that are kept for the next downstream server, all together. */
const KEPT_BYTES = 32 * 1024 * 1024;
/** A hundred documents of usual size take 200 KB. */
const LARGEST = 2 * 1024 * 1024;
/** What is being collected for all connections together: those beyond it are sent, and not kept. */
const COLLECTED_BYTES = 16 * 1024 * 1024;

/** The place of one answer. */
export interface PackedAnswer {
  /** The whole answer in gzip; undefined where it is not there yet. */
  readonly bytes: Buffer | undefined;
  /** Collects an answer while it is sent. */
  collect(): PackedCollector;
}

/** What comes together of an answer while it is sent. */
export interface PackedCollector {
  add(bytes: Buffer): void;
  /** To be called at the end. `isWhole`: all of it was sent. */
  end(isWhole: boolean): void;
}

/**
 * Answers in packed form: downstream servers ask for the same documents in the same order, and to pack takes longer
 * than anything else. Those asked for last are kept.
 */
export class PackedAnswers {
  readonly #kept: KeptBytes<Buffer>;
  #collected = 0;

  constructor(keptBytes = KEPT_BYTES) {
    this.#kept = new KeptBytes(keptBytes);
  }

  /** The place of the answer with this key: two answers that differ have different keys. */
  answerTo(key: string): PackedAnswer {
    return { bytes: this.#kept.get(key), collect: () => this.#collector(key) };
  }

  #collector(key: string): PackedCollector {
    let parts: Buffer[] | undefined = [];
    let size = 0;
    const giveUp = (): void => {
      this.#collected -= size;
      [parts, size] = [undefined, 0];
    };
    return {
      add: (bytes) => {
        if (parts === undefined) return;
        parts.push(bytes);
        size += bytes.length;
        this.#collected += bytes.length;
        if (size > LARGEST || this.#collected > COLLECTED_BYTES) giveUp();
      },
      end: (isWhole) => {
        if (isWhole && parts !== undefined) this.#kept.keep(key, Buffer.concat(parts, size));
        giveUp();
      },
    };
  }
}
