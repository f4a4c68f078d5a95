import { ErrorCodes, ResponseError } from 'vscode-jsonrpc/node';
import type { ErrorData as SentError } from '../contract/generated/types.js';
import { type ErrorData, isErrorId, SyncError, toSyncError } from '../errors/SyncError.js';
import { printable } from '../platform/printable.js';

const REQUEST_CANCELLED = -32800;

/** Turns whatever a handler threw into the error of the contract. */
export function toResponseError(caught: unknown, where: string): ResponseError<SentError> {
  const error = toSyncError(caught, where);
  return new ResponseError(error.code, printable(error.message), {
    errorId: error.errorId,
    category: error.category,
    nextStep: error.nextStep,
    data: { ...error.data },
  });
}

/** Turns an error answer back into the SyncError that the other end threw. */
export function fromResponseError(caught: unknown, method: string): SyncError {
  if (caught instanceof SyncError) return caught;
  if (!(caught instanceof ResponseError)) return toSyncError(caught, method);
  const data = caught.data as Partial<SentError> | undefined;
  if (data?.errorId !== undefined && isErrorId(data.errorId))
    return new SyncError(data.errorId, data.data ?? {}, { cause: caught });
  if (caught.code === REQUEST_CANCELLED) return new SyncError('Cancelled', { what: method });
  if (caught.code === ErrorCodes.MethodNotFound) return new SyncError('UnknownMethod', { method });
  return toSyncError(caught, method);
}

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
    return {}; // a line cut short is not a message of ours
  }
}
