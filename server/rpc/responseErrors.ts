import { ErrorCodes, ResponseError } from 'vscode-jsonrpc/node';
import type { ErrorData } from '../contract/generated/types.js';
import { isErrorId, SyncError, toSyncError } from '../errors/SyncError.js';
import { printable } from '../platform/printable.js';

const requestCancelled = -32800;

/** Turns whatever a handler threw into the error of the contract. */
export function toResponseError(caught: unknown, where: string): ResponseError<ErrorData> {
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
  const data = caught.data as Partial<ErrorData> | undefined;
  if (data?.errorId !== undefined && isErrorId(data.errorId))
    return new SyncError(data.errorId, data.data ?? {}, { cause: caught });
  if (caught.code === requestCancelled) return new SyncError('Cancelled', { what: method });
  if (caught.code === ErrorCodes.MethodNotFound) return new SyncError('UnknownMethod', { method });
  return toSyncError(caught, method);
}
