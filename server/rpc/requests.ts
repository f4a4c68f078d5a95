import type { CancellationToken } from 'vscode-jsonrpc/node';
import type { RunProgress } from '../contract/generated/types.js';
import type { EngineMethod, RequestOf, ResultOf, RUN_PROGRESS } from '../contract/methods.js';

/** What a handler knows about the connection that asks. */
export interface RequestContext {
  /** Aborted by `$/cancelRequest` and by the end of the connection. */
  readonly signal: AbortSignal;
  /** Aborted by the end of the connection alone: ends what a request such as run/watch left behind. */
  readonly closed: AbortSignal;
  /** Sends a notification to this connection; merged when the peer is slow. */
  notify(method: typeof RUN_PROGRESS, params: RunProgress): void;
}

/** The engine as the connections see it: one function per method. */
export type EngineService = {
  readonly [M in EngineMethod]: (params: RequestOf<M>, context: RequestContext) => Promise<ResultOf<M>>;
};

/** How far work is that is not a run. */
interface WorkProgress {
  readonly phase: string;
  readonly activity: string;
  readonly done: number;
  readonly total: number;
}

/** The progress of work that is not a run, as that of a run 0: no run of a site has that number. */
export function workProgress({ phase, activity, done, total }: WorkProgress): RunProgress {
  return {
    RunId: 0,
    State: 'Running',
    Phase: phase,
    Activity: activity,
    Processed: done,
    Total: total,
    PercentComplete: total === 0 ? 100 : Math.min(100, Math.floor((100 * done) / total)),
  };
}

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

/**
 * The signal of a cancellation token. A token that is cancelled from the start never calls back, so it is asked too.
 */
export function signalOf(token: CancellationToken, also: readonly AbortSignal[] = []): AbortSignal {
  const cancelled = new AbortController();
  token.onCancellationRequested(() => cancelled.abort());
  if (token.isCancellationRequested) cancelled.abort();
  return also.length === 0 ? cancelled.signal : AbortSignal.any([cancelled.signal, ...also]);
}
