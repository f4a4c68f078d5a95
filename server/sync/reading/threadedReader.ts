import { Worker } from 'node:worker_threads';
import type { UpdateIdentity } from '../../metadata/UpdateIdentity.js';
import { programPart } from '../../platform/packageFolder.js';
import type { DocumentBatch } from '../../upstream/Source.js';
import type { DeliveredUpdates } from '../../upstream/readAnswer.js';
import type { ReadBatch } from '../readBatch.js';
import { type BatchReader, readerHere } from './BatchReader.js';
import { ReadingThread, type Thread } from './ReadingThread.js';
import { joined, ROOM, separate, SPARES, transferable, unpackRows } from './jobs.js';

/** A thread for fewer documents costs more than it saves: with one, 1,000 LZX cabinets took a seventh more. */
const WORTHWHILE = 2000;
/** In MB. A thread that needs more fails alone. */
const LIMITS = { maxOldGenerationSizeMb: 1024, maxYoungGenerationSizeMb: 8 };

/** How many threads there are, and how one is started. */
interface ReaderOptions {
  readonly threads: number;
  readonly start: () => Thread;
  /** So many documents are read in threads; 2,000 if not given. */
  readonly worthwhile?: number;
}

/** Reads in threads of their own once many documents are expected, and here before that. */
export class ThreadedReader implements BatchReader {
  readonly #threads: readonly ReadingThread[];
  readonly #worthwhile: number;
  readonly #here = readerHere();
  /** Buffers that hold nothing else: they can change hands. */
  readonly #own = new WeakSet<ArrayBufferLike>();
  /** Buffers that answers were in. */
  readonly #spares: ArrayBuffer[] = [];
  #isThreaded = false;

  constructor({ threads, start, worthwhile = WORTHWHILE }: ReaderOptions) {
    this.#worthwhile = worthwhile;
    this.#threads = Array.from({ length: threads }, () => new ReadingThread(start, (spare) => this.#keep(spare)));
  }

  expect(documents: number): void {
    if (this.#isThreaded || documents < this.#worthwhile) return;
    this.#isThreaded = true;
    for (const thread of this.#threads) thread.warmUp();
  }

  readonly room = (): Buffer | undefined => {
    if (!this.#isThreaded) return undefined;
    const buffer = this.#spares.pop() ?? new ArrayBuffer(ROOM);
    this.#own.add(buffer);
    return Buffer.from(buffer);
  };

  async readAnswer(body: Uint8Array, asked: readonly UpdateIdentity[], signal: AbortSignal): Promise<DeliveredUpdates> {
    if (!this.#isThreaded) return this.#here.readAnswer(body, asked, signal);
    const transfer = this.#own.has(body.buffer) ? [body.buffer as ArrayBuffer] : transferable(body);
    const reply = await this.#idlest().ask({ kind: 'answer', body, asked }, transfer, signal);
    this.#own.add(reply.documents.bytes.buffer);
    const documents = separate(reply.documents).values();
    const updates = reply.updates.map((update) => {
      const xml = update.failure === undefined ? documents.next().value : undefined;
      return xml === undefined ? update : { ...update, xml };
    });
    return { updates, fileUrls: reply.fileUrls };
  }

  async readBatch(
    asked: readonly UpdateIdentity[],
    { documents, fileUrls, failed }: DocumentBatch,
    signal: AbortSignal,
  ): Promise<ReadBatch> {
    if (!this.#isThreaded) return this.#here.readBatch(asked, { documents, fileUrls, failed }, signal);
    const identities = documents.map(({ identity }) => identity);
    const together = joined(
      documents.map(({ xml }) => xml),
      (buffer) => this.#own.has(buffer),
    );
    const job = { kind: 'batch', asked, identities, documents: together, fileUrls, failed } as const;
    const reply = await this.#idlest().ask(job, transferable(together.bytes), signal);
    return { ...reply, revisions: unpackRows(reply.revisions) };
  }

  async close(): Promise<void> {
    this.#isThreaded = false;
    this.#spares.length = 0;
    await Promise.all(this.#threads.map(async (thread) => thread.close()));
  }

  #keep(spare: ArrayBuffer): void {
    if (this.#spares.length < SPARES) this.#spares.push(spare);
  }

  #idlest(): ReadingThread {
    const [first, ...others] = this.#threads;
    return others.reduce((best, one) => (one.load < best.load ? one : best), first as ReadingThread);
  }
}

/** So many processors are busy anyway: with a thread, a first synchronization took a quarter more of their time. */
const FEW_PROCESSORS = 2;
/** From here on a second thread has a processor of its own. */
const MANY_PROCESSORS = 5;

/** What reads documents on a machine with so many processors: the engine itself, or one thread, or two. */
export function readerFor(processors: number): BatchReader {
  if (processors <= FEW_PROCESSORS) return readerHere();
  return new ThreadedReader({ threads: processors < MANY_PROCESSORS ? 1 : 2, start: startReadingThread });
}

function startReadingThread(): Thread {
  return new Worker(programPart('readingThread.js'), { resourceLimits: LIMITS });
}
