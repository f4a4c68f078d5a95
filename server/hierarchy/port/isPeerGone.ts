import { systemErrorCode } from '../../platform/systemErrorCode.js';

const GONE: ReadonlySet<string> = new Set([
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'ERR_STREAM_PREMATURE_CLOSE',
  // It closed the connection in the middle of a request.
  'HPE_INVALID_EOF_STATE',
]);

/** True for what a peer causes that has gone away: that is no attempt of anything. */
export function isPeerGone(error: unknown): boolean {
  return GONE.has(systemErrorCode(error));
}
