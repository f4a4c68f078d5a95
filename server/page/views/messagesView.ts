import type { StatusMessage } from '../../contract/generated/types.js';
import type { Ask, Reader } from '../PageSource.js';
import { html } from '../html.js';
import type { View } from '../layout.js';
import { tableOf } from '../table.js';
import { TEXTS } from '../texts.js';
import { timeOf } from '../times.js';

const T = TEXTS.messages;
const SHOWN = 200;

/** The newest status messages, and the alerts. */
export async function messagesView({ ask, zone }: Reader): Promise<View> {
  const { alerts } = await ask('alert/list', {});
  const messages = await newestMessages(ask);
  const { columns: heading } = T;
  const alertTable = tableOf(
    T.alerts,
    [
      { heading: heading.name, cell: (alert) => alert.Name },
      { heading: heading.site, cell: (alert) => alert.SourceSiteCode },
      { heading: heading.count, cell: (alert) => alert.OccurrenceCount, isNumber: true },
    ],
    alerts,
  );
  const messageTable = tableOf(
    T.messages,
    [
      { heading: heading.time, cell: (message) => timeOf(message.Time, zone) },
      { heading: heading.id, cell: (message) => message.MessageID, isNumber: true },
      { heading: heading.severity, cell: (message) => message.SeverityName },
      { heading: heading.site, cell: (message) => message.SiteCode },
      { heading: heading.server, cell: (message) => message.MachineName },
      { heading: heading.text, cell: (message) => message.MessageText },
    ],
    messages,
  );
  return {
    title: T.title,
    body: html`${alerts.length === 0 ? undefined : alertTable}
    ${messages.length === 0 ? html`<p>${T.empty}</p>` : messageTable}`,
  };
}

/** The answer begins with the oldest, of which there may be very many: the highest id is looked for first. */
async function newestMessages(ask: Ask): Promise<readonly StatusMessage[]> {
  const isAbove = async (after: number): Promise<boolean> =>
    (await ask('message/list', { after, pageSize: 1 })).messages.length > 0;
  let [low, high] = [0, 1];
  while (await isAbove(high)) [low, high] = [high, high * 2];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (await isAbove(middle)) low = middle;
    else high = middle;
  }
  const { messages } = await ask('message/list', { after: Math.max(0, high - SHOWN), pageSize: SHOWN });
  return messages.toReversed();
}
