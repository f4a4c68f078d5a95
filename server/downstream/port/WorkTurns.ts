import { FairQueue } from '../../platform/FairQueue.js';

/**
 * Kinds of work for strangers, and how many pieces of each are done in one turn of the event loop: TLS handshakes, what
 * connections bring (up to 64 KB), the answers to small requests, and pieces of what takes long.
 */
const PIECES = { handshake: 2, bytes: 8, request: 8, long: 1 } as const;

export type WorkKind = keyof typeof PIECES;

/**
 * The event loop takes in one newcomer a turn: they come in one after the other before work goes on, for so long at
 * most. Else thousands who come at once keep whoever comes behind them waiting for as many turns with work.
 */
const NEWCOMERS_MS = 10;

/**
 * Shares the event loop among addresses: whoever works takes a turn before each piece, so that neither one address nor
 * one long piece of work keeps all others waiting.
 */
export class WorkTurns {
  readonly #now: () => number;
  readonly #waiting: Readonly<Record<WorkKind, FairQueue<() => void>>> = {
    handshake: new FairQueue(),
    bytes: new FairQueue(),
    request: new FairQueue(),
    long: new FairQueue(),
  };
  #isStepping = false;
  #hasNewcomer = false;
  #worked = Number.NEGATIVE_INFINITY;

  /** `now` gives ms. */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Somebody has come, and others may have come behind him. */
  newcomer(): void {
    this.#hasNewcomer = true;
  }

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
    const others = this.#hasNewcomer && this.#now() - this.#worked < NEWCOMERS_MS;
    this.#hasNewcomer = false;
    if (others) this.#stepLater();
    else this.#work();
  }

  #work(): void {
    for (const [kind, pieces] of Object.entries(PIECES) as [WorkKind, number][]) {
      const waiting = this.#waiting[kind];
      for (let piece = 0; piece < pieces; piece += 1) waiting.shift()?.();
      if (waiting.size > 0) this.#stepLater();
    }
    this.#worked = this.#now();
  }
}
