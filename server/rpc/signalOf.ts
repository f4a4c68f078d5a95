import type { CancellationToken } from 'vscode-jsonrpc/node';

/**
 * The signal of a cancellation token. A token that is cancelled from the start never calls back, so it is asked too.
 */
export function signalOf(token: CancellationToken, also: readonly AbortSignal[] = []): AbortSignal {
  const cancelled = new AbortController();
  token.onCancellationRequested(() => cancelled.abort());
  if (token.isCancellationRequested) cancelled.abort();
  return also.length === 0 ? cancelled.signal : AbortSignal.any([cancelled.signal, ...also]);
}
