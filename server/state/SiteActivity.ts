/** What works on a site, one at a time. */
export type ActivityKind = 'synchronization' | 'maintenance';

/** The right to work; aborted when a synchronization wants to begin or the engine ends. */
export interface ActivityLease {
  readonly signal: AbortSignal;
  release(): void;
}

interface Turn {
  readonly kind: ActivityKind;
  readonly stop: AbortController;
  readonly begin: () => void;
}

/**
 * Synchronization and maintenance exclude each other. A synchronization that wants to begin makes maintenance under way
 * stop
 * at its next step and goes before maintenance that waits: nobody who asks for a synchronization is told to wait or to
 * try again.
 */
export class SiteActivity {
  readonly #onBusy: () => void;
  readonly #onIdle: () => void;
  #current: Turn | undefined;
  readonly #waiting: Turn[] = [];
  readonly #whenIdle: (() => void)[] = [];

  constructor(options: { onBusy: () => void; onIdle: () => void }) {
    this.#onBusy = options.onBusy;
    this.#onIdle = options.onIdle;
  }

  get isActive(): boolean {
    return this.#current !== undefined;
  }

  /** Waits for the turn; whoever has it must give it back. */
  async begin(kind: ActivityKind): Promise<ActivityLease> {
    const stop = new AbortController();
    let turn: Turn | undefined;
    const begun = new Promise<void>((resolve) => {
      turn = { kind, stop, begin: resolve };
    });
    if (turn !== undefined) this.#enter(turn);
    await begun;
    let isReleased = false;
    return {
      signal: stop.signal,
      release: () => {
        if (!isReleased) this.#next();
        isReleased = true;
      },
    };
  }

  /** Makes maintenance end at its next step, under way or waiting. */
  stopMaintenance(): void {
    for (const turn of [this.#current, ...this.#waiting]) if (turn?.kind === 'maintenance') turn.stop.abort();
  }

  /** Fulfilled when nothing is under way and nothing waits. */
  async idle(): Promise<void> {
    if (this.#current === undefined) return;
    await new Promise<void>((resolve) => {
      this.#whenIdle.push(resolve);
    });
  }

  #enter(turn: Turn): void {
    if (this.#current === undefined) {
      this.#current = turn;
      this.#onBusy();
      turn.begin();
      return;
    }
    if (turn.kind === 'synchronization' && this.#current.kind === 'maintenance') this.#current.stop.abort();
    const place =
      turn.kind === 'synchronization' ? this.#waiting.findIndex((other) => other.kind === 'maintenance') : -1;
    this.#waiting.splice(place < 0 ? this.#waiting.length : place, 0, turn);
  }

  #next(): void {
    this.#current = this.#waiting.shift();
    this.#current?.begin();
    if (this.#current !== undefined) return;
    this.#onIdle();
    for (const told of this.#whenIdle.splice(0)) told();
  }
}
