import { type ErrorData, isErrorId, SyncError } from '../errors/SyncError.js';

/** The last line an engine that could not start writes to engine.log: the error for the relay that started it. */
export function startFailureLine(error: SyncError): string {
  return JSON.stringify({ errorId: error.errorId, data: error.data });
}

/**
 * The error of such a line; undefined for any other line, and for an internal error, of which the text says more than
 * the id.
 */
export function readStartFailure(line: string): SyncError | undefined {
  const { errorId, data } = parse(line);
  if (typeof errorId !== 'string' || !isErrorId(errorId) || errorId === 'InternalError') return undefined;
  return new SyncError(errorId, typeof data === 'object' && data !== null ? (data as ErrorData) : {});
}

function parse(line: string): { readonly errorId?: unknown; readonly data?: unknown } {
  if (!line.startsWith('{')) return {};
  try {
    return JSON.parse(line) as { errorId?: unknown };
  } catch {
    return {}; // a line cut short is no message of ours
  }
}
