import type { SiteChanges } from '../../store/SiteChanges.js';
import { statusMessageLine, type StatusMessage } from '../../status/statusMessage.js';
import type { SiteContext } from '../SiteContext.js';

/** A status message about a software update point that is not the one of the run. */
export type PointMessage = Pick<StatusMessage, 'messageId' | 'serverName' | 'insertions' | 'lastError'>;

/** The part of a transaction that stores a status message, and its line of the log. */
export async function statusChange({ site, database, processId, now }: SiteContext, about: PointMessage): Promise<{ readonly changes: SiteChanges; readonly line: string }> {
  const time = now();
  const message: StatusMessage = { ...about, siteCode: site.siteCode, processId, time };
  const { message: id } = await database.nextIds();
  return {
    changes: { messages: [{ id, messageId: message.messageId, time: time.getTime(), json: JSON.stringify({ ...message, time: time.toISOString() }) }] }, line: statusMessageLine(message),
  };
}
