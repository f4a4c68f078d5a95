import type { RunProgress } from '../contract/generated/types.js';
import type { Clock } from '../platform/Clock.js';

/** The run of this engine: tells its progress, and hears that of the owner. */
export interface WatchedRuns {
  watch(watcher: (progress: RunProgress) => void): () => void;
}

interface SharedProgressOptions {
  readonly runs: WatchedRuns;
  readonly clock: Clock;
  /** Tells the other servers. */
  readonly send: (progress: RunProgress) => Promise<void>;
}

/** The other servers hear of a run so often at most, in ms, and at once when it has ended. */
const PAUSE = 1000;

/** Tells the other servers how far the run of the owner is: the newest state, not each. */
export class SharedProgress {
  readonly #options: SharedProgressOptions;
  readonly #unwatch: () => void;
  #newest: RunProgress | undefined;
  #cancel: (() => void) | undefined;

  constructor(options: SharedProgressOptions) {
    this.#options = options;
    this.#unwatch = options.runs.watch((progress) => this.#take(progress));
  }

  end(): void {
    this.#unwatch();
    this.#cancel?.();
  }

  #take(progress: RunProgress): void {
    this.#newest = progress;
    if (progress.State !== 'Running') this.#send();
    else this.#cancel ??= this.#options.clock.after(PAUSE, () => this.#send());
  }

  /** Nothing depends on it: whoever waits looks at the stored run too. */
  #send(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    const progress = this.#newest;
    this.#newest = undefined;
    if (progress !== undefined) void this.#options.send(progress).catch(() => undefined);
  }
}
