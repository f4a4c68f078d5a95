import { type ErrorId, isErrorId } from '../errors/SyncError.js';
import { type StatusMessage, statusMessageLine } from '../status/statusMessage.js';
import type { SiteChanges } from '../store/SiteChanges.js';
import type { SiteContext } from './SiteContext.js';

/** What a status message says beside site, process and time. */
type PointMessage = Pick<StatusMessage, 'messageId' | 'serverName' | 'insertions' | 'lastError'>;

/** The part of a transaction that stores a status message, and its line of the log. */
export async function statusChange(
  { site, database, processId }: SiteContext,
  about: PointMessage,
  time: Date,
): Promise<{ readonly changes: Pick<SiteChanges, 'messages'>; readonly line: string }> {
  const message: StatusMessage = { ...about, siteCode: site.siteCode, processId, time };
  const { message: id } = await database.nextIds();
  return {
    changes: {
      messages: [
        {
          id,
          messageId: message.messageId,
          time: time.getTime(),
          json: JSON.stringify({ ...message, time: time.toISOString() }),
        },
      ],
    },
    line: statusMessageLine(message),
  };
}

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
