import type { SiteChanges } from '../store/SiteChanges.js';
import { statusMessageLine, type StatusMessage } from '../status/statusMessage.js';
import type { SiteContext } from './SiteContext.js';

/** What a status message says beside site, process and time. */
export type PointMessage = Pick<StatusMessage, 'messageId' | 'serverName' | 'insertions' | 'lastError'>;

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
