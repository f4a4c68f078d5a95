import { setTimeout as delay } from 'node:timers/promises';
import { KeptBytes } from './KeptBytes.js';

/** Packed answers that are kept for the next downstream server, all together. */
const KEPT_BYTES = 32 * 1024 * 1024;

/** A larger one is not unpacked for who wants it plain: that would take more memory than an answer that is made. */
const LARGEST_UNPACKED = 512 * 1024;

/** Answers that were asked for plain: it is remembered of so many. */
const REMEMBERED = 2000;

/**
 * How long a request waits for another one to pack, once: that one may have to wait for its turns, or for memory,
 * longer than this one.
 */
const WAIT_MS = 5000;

/** The place of one answer. */
export interface PackedAnswer {
  /** The whole answer in gzip where it is there, or comes soon because another request is packing it. */
  bytes(): Promise<Buffer | undefined>;
  /** Tells whether it pays to pack it for who wants it plain: somebody did before, and it is not too large. */
  isWantedAgain(): boolean;
  /** Packs it, for everyone who asks meanwhile too. What fails, or gives nothing, is left to each of them. */
  make(pack: () => Promise<Buffer | undefined>): Promise<Buffer | undefined>;
}

/**
 * Answers in packed form: downstream servers ask for the same documents in the same order, and to pack takes longer
 * than anything else. Those asked for last are kept.
 */
export class PackedAnswers {
  readonly #kept: KeptBytes<Buffer>;
  readonly #waitMs: number;
  /** Those that are being packed, so that each is packed once. */
  readonly #making = new Map<string, Promise<Buffer | undefined>>();

  /** Whether to pack what is asked for plain again; the one that was asked for first comes first. */
  readonly #askedPlain = new Map<string, boolean>();

  constructor(keptBytes = KEPT_BYTES, waitMs = WAIT_MS) {
    this.#waitMs = waitMs;
    this.#kept = new KeptBytes(keptBytes);
  }

  /** The place of the answer with this key: two answers that differ have different keys. */
  answerTo(key: string): PackedAnswer {
    let hasWaited = false;
    const onLate = (): void => void (hasWaited = true);
    const isComing = (): boolean => !hasWaited && this.#making.has(key);
    return {
      bytes: async () => this.#kept.get(key) ?? (isComing() ? this.#made(key, onLate) : undefined),
      isWantedAgain: () => this.#isWantedAgain(key),
      // Others may have begun in the same moment.
      make: async (pack) =>
        this.#kept.get(key) ?? (isComing() ? await this.#made(key, onLate) : undefined) ?? this.#make(key, pack),
    };
  }

  #isWantedAgain(key: string): boolean {
    const isWanted = this.#askedPlain.get(key);
    if (isWanted === undefined) this.#remember(key, true);
    return isWanted === true && (this.#kept.get(key)?.length ?? 0) <= LARGEST_UNPACKED;
  }

  #remember(key: string, isWanted: boolean): void {
    this.#askedPlain.set(key, isWanted);
    const [oldest] = this.#askedPlain.keys();
    if (oldest !== undefined && this.#askedPlain.size > REMEMBERED) this.#askedPlain.delete(oldest);
  }

  async #made(key: string, onLate: () => void): Promise<Buffer | undefined> {
    const making = this.#making.get(key);
    if (making === undefined) return undefined;
    const late = new AbortController();
    const timer = delay(this.#waitMs, undefined, { signal: late.signal }).then(onLate, () => undefined);
    try {
      return (await Promise.race([making, timer])) ?? undefined;
    } finally {
      late.abort();
    }
  }

  async #make(key: string, pack: () => Promise<Buffer | undefined>): Promise<Buffer | undefined> {
    const made = pack();
    const making = made.catch(() => undefined);
    this.#making.set(key, making);
    try {
      const bytes = await made;
      if (bytes === undefined || bytes.length > LARGEST_UNPACKED) this.#remember(key, false);
      if (bytes !== undefined) this.#kept.keep(key, bytes);
      return bytes;
    } finally {
      if (this.#making.get(key) === making) this.#making.delete(key);
    }
  }
}
