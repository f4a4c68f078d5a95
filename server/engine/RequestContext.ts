/** What a handler knows of the connection a request came on. */
export interface RequestContext {
  /** Aborts when the request was cancelled or the connection ended. */
  readonly signal: AbortSignal;
  /** Sends a notification on this connection; merged by method while the peer is slow. */
  readonly notify: (method: string, params: unknown) => void;
  /** Aborts when the connection ends. */
  readonly closed: AbortSignal;
}
