import type { Worker } from 'node:worker_threads';
import { reasonOf, SyncError } from '../../errors/SyncError.js';
import { type Job, passedError, type Replies, type Said } from './jobs.js';

/** A thread that runs `threadProgram.ts`. */
export type Thread = Pick<Worker, 'postMessage' | 'on' | 'terminate'>;

/** A job that is under way, or waits for its turn in the thread. */
interface Asked {
  readonly resolve: (reply: Replies[keyof Replies]) => void;
  readonly reject: (error: SyncError) => void;
}

/** One thread and the jobs in it. When it ends, its jobs have failed, and the next job starts another one. */
export class ReadingThread {
  readonly #start: () => Thread;
  readonly #keep: (spare: ArrayBuffer) => void;
  readonly #asked = new Map<number, Asked>();
  #thread: Thread | undefined;
  #last = 0;

  /** `keep` gets the buffers that come back. */
  constructor(start: () => Thread, keep: (spare: ArrayBuffer) => void) {
    this.#start = start;
    this.#keep = keep;
  }

  /** How many jobs it has. */
  get load(): number {
    return this.#asked.size;
  }

  /** Starts it before there is anything to do. Where that fails, the first job tries again and says so. */
  warmUp(): void {
    try {
      this.#thread ??= this.#started();
    } catch {
      this.#thread = undefined;
    }
  }

  /**
   * Gives a job to the thread; what is in `transfer` belongs to it from then on.
   * @throws SyncError ReaderEnded, and whatever the job throws
   */
  async ask<Kind extends Job['kind']>(
    job: Extract<Job, { kind: Kind }>,
    transfer: readonly ArrayBuffer[],
    signal: AbortSignal,
  ): Promise<Replies[Kind]> {
    const id = (this.#last += 1);
    let cancel = (): void => undefined;
    const reply = new Promise<Replies[keyof Replies]>((resolve, reject) => {
      cancel = () => reject(new SyncError('Cancelled', { what: 'Reading update documents' }));
      this.#asked.set(id, { resolve, reject });
      signal.addEventListener('abort', cancel);
      if (signal.aborted) cancel();
      else this.#post(id, job, transfer);
    });
    try {
      return (await reply) as Replies[Kind];
    } finally {
      signal.removeEventListener('abort', cancel);
      this.#asked.delete(id);
    }
  }

  /** Ends the thread, whatever it does. */
  async close(): Promise<void> {
    const thread = this.#thread;
    this.#thread = undefined;
    await thread?.terminate();
  }

  #post(id: number, job: Job, transfer: readonly ArrayBuffer[]): void {
    try {
      this.#thread ??= this.#started();
      this.#thread.postMessage({ id, job }, transfer);
    } catch (error) {
      this.#asked.get(id)?.reject(ended(reasonOf(error), true));
    }
  }

  #started(): Thread {
    const thread = this.#start();
    let reason = 'it was stopped';
    thread.on('message', (said: Said) => this.#hear(said));
    thread.on('error', (error) => (reason = reasonOf(error)));
    thread.on('exit', () => this.#end(thread, reason));
    return thread;
  }

  #hear({ id, reply, error, spare }: Said): void {
    if (spare !== undefined) this.#keep(spare);
    const asked = this.#asked.get(id);
    if (error !== undefined) asked?.reject(passedError(error));
    else if (reply !== undefined) asked?.resolve(reply);
  }

  /** The job that was longest in the thread is the one that it worked on. */
  #end(thread: Thread, reason: string): void {
    if (this.#thread !== undefined && this.#thread !== thread) return;
    this.#thread = undefined;
    for (const [index, asked] of [...this.#asked.values()].entries()) asked.reject(ended(reason, index === 0));
  }
}

function ended(reason: string, isWorkedOn: boolean): SyncError {
  return new SyncError('ReaderEnded', { reason, isWorkedOn });
}
