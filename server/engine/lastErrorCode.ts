import { isErrorId, type ErrorId } from '../errors/SyncError.js';

const GENERIC = 0x80131500;

/** The product's codes for what scripts compare (configmgr.md section 2.1, LastSyncErrorCode). */
const CODES: Partial<Record<ErrorId, number>> = {
  UpstreamTimeout: 0x80072ee2,
  UpstreamConnectionCut: 0x80072efe,
  UpstreamUnreachable: 0x80072efd,
  UpstreamTlsNotTrusted: 0x800b0109,
  UpstreamDenied: 0x80070005,
  // ERROR_CANCELLED: the reason UserCanceled of a synchronization.
  Cancelled: 0x800704c7,
};

/** LastSyncErrorCode of an error id: 0 for none. */
export function lastErrorCode(errorId: string): number {
  if (errorId === '') return 0;
  return (isErrorId(errorId) ? CODES[errorId] : undefined) ?? GENERIC;
}
