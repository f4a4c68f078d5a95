import { fileURLToPath } from 'node:url';
import { receiveMessageOnPort, MessageChannel, Worker, type MessagePort } from 'node:worker_threads';
import { STATE, STEP } from './steppedFiles.js';

/** What a stepped engine is told to do. */
export type SteppedTask =
  | { readonly do: 'open'; readonly generation: number; readonly looksFor: readonly string[] }
  | { readonly do: 'commit'; readonly name: string }
  | { readonly do: 'fold' }
  | { readonly do: 'close' };

/** What came of it: the settings that were looked for and are there, or the error. */
export interface SteppedAnswer {
  readonly seen: readonly string[];
  readonly error?: string;
}

const ALL = 1_000_000;
/** A call of the system that takes longer hangs. */
const LONGEST_MS = 60_000;

/** An engine's store in a thread of its own that makes as many file calls as it is given leave for. */
export class SteppedEngine {
  readonly #memory = new Int32Array(new SharedArrayBuffer(12));
  readonly #worker: Worker;
  readonly #port: MessagePort;

  constructor(site: { readonly path: string; readonly siteGuid: string }) {
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    this.#worker = new Worker(fileURLToPath(new URL('./engineThread.js', import.meta.url)), {
      workerData: { memory: this.#memory, site, port: port2 },
      transferList: [port2],
    });
  }

  /** File calls that it has made, the one it waits before among them. */
  get calls(): number {
    return Atomics.load(this.#memory, STEP.calls);
  }

  /** Does a task to its end. */
  run(task: SteppedTask): SteppedAnswer {
    this.begin(task, ALL);
    return this.finish();
  }

  /** Begins a task, and returns when it has made so many calls and waits before the next one, or is done. */
  begin(task: SteppedTask, calls: number): void {
    Atomics.store(this.#memory, STEP.permits, calls);
    Atomics.store(this.#memory, STEP.calls, 0);
    Atomics.store(this.#memory, STEP.state, STATE.working);
    this.#worker.postMessage(task);
    this.#waitWhileWorking();
  }

  /** Lets a task that waits make so many calls more; nothing for one that is done. */
  goOn(calls: number): void {
    if (calls === 0 || this.#state === STATE.done) return;
    Atomics.store(this.#memory, STEP.state, STATE.working);
    Atomics.store(this.#memory, STEP.permits, calls);
    Atomics.notify(this.#memory, STEP.permits);
    this.#waitWhileWorking();
  }

  /** Lets the task go on to its end. */
  finish(): SteppedAnswer {
    Atomics.store(this.#memory, STEP.permits, ALL);
    Atomics.notify(this.#memory, STEP.permits);
    while (this.#state !== STATE.done) this.#waitWhile(this.#state);
    return (receiveMessageOnPort(this.#port) as { message: SteppedAnswer }).message;
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }

  get #state(): number {
    return Atomics.load(this.#memory, STEP.state);
  }

  #waitWhileWorking(): void {
    while (this.#state === STATE.working) this.#waitWhile(STATE.working);
  }

  #waitWhile(state: number): void {
    if (Atomics.wait(this.#memory, STEP.state, state, LONGEST_MS) === 'timed-out')
      throw new TypeError('a stepped engine does not go on');
  }
}
