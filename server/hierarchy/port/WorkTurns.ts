import { FairQueue } from './FairQueue.js';

/**
 * Kinds of work for strangers, and how many pieces of each are done in one turn of the event loop: TLS handshakes, the
 * answers to small requests, and pieces of what takes long.
 */
const PIECES = { handshake: 2, request: 8, long: 1 } as const;

export type WorkKind = keyof typeof PIECES;

/**
 * Shares the event loop among addresses: whoever works takes a turn before each piece, so that neither one address nor
 * one long piece of work keeps all others waiting.
 */
export class WorkTurns {
  readonly #waiting: Readonly<Record<WorkKind, FairQueue<() => void>>> = {
    handshake: new FairQueue(),
    request: new FairQueue(),
    long: new FairQueue(),
  };
  #isStepping = false;

  /** Waits for the turn of an address. */
  async take(kind: WorkKind, key: string): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting[kind].push(key, resolve);
      this.#stepLater();
    });
  }

  #stepLater(): void {
    if (this.#isStepping) return;
    this.#isStepping = true;
    setImmediate(() => this.#step());
  }

  #step(): void {
    this.#isStepping = false;
    for (const [kind, pieces] of Object.entries(PIECES) as [WorkKind, number][]) {
      const waiting = this.#waiting[kind];
      for (let piece = 0; piece < pieces; piece += 1) waiting.shift()?.();
      if (waiting.size > 0) this.#stepLater();
    }
  }
}
