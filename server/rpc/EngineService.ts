import type { RunProgress } from '../contract/generated/types.js';
import type { EngineMethod, RequestOf, ResultOf, runProgress } from '../contract/methods.js';

/** What a handler knows about the connection that asks. */
export interface RequestContext {
  /** Aborted by `$/cancelRequest` and by the end of the connection. */
  readonly signal: AbortSignal;
  /** Aborted by the end of the connection alone: ends what a request such as run/watch left behind. */
  readonly closed: AbortSignal;
  /** Sends a notification to this connection; merged when the peer is slow. */
  notify(method: typeof runProgress, params: RunProgress): void;
}

/** The engine as the connections see it: one function per method. */
export type EngineService = {
  readonly [M in EngineMethod]: (params: RequestOf<M>, context: RequestContext) => Promise<ResultOf<M>>;
};
