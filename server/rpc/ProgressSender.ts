import type { RunProgress } from '../contract/generated/types.js';

/** Sends the progress of runs to one peer: while the peer reads slowly, only the newest state of each run is kept. */
export class ProgressSender {
  readonly #send: (progress: RunProgress) => Promise<void>;
  readonly #waiting = new Map<number, RunProgress>();
  #sending = false;

  constructor(send: (progress: RunProgress) => Promise<void>) {
    this.#send = send;
  }

  /** Takes a state to send, at once or when the peer has read the one before. */
  push(progress: RunProgress): void {
    this.#waiting.set(progress.RunId, progress);
    if (!this.#sending) void this.#drain();
  }

  async #drain(): Promise<void> {
    this.#sending = true;
    for (let next = this.#take(); next !== undefined; next = this.#take()) {
      // A peer that is gone is noticed by its connection.
      await this.#send(next).catch(() => this.#waiting.clear());
    }
    this.#sending = false;
  }

  #take(): RunProgress | undefined {
    const [first] = this.#waiting;
    if (first === undefined) return undefined;
    this.#waiting.delete(first[0]);
    return first[1];
  }
}
