import { SyncError } from '../errors/SyncError.js';

/** What the wire layer throws for a message it cannot read; who knows the address puts it in place of this text. */
export const UNKNOWN_PEER = 'the other side';

/** The one error of a message that is not what MS-WSUSSS says; `operation` is the element or operation being read. */
export function malformed(operation: string, reason: string): SyncError {
  return new SyncError('UpstreamMalformed', { url: UNKNOWN_PEER, operation, reason });
}
