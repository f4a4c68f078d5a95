import type { Reader } from '../PageSource.js';
import { html } from '../html.js';
import type { View } from '../layout.js';
import { newestMessages } from '../newestMessages.js';
import { tableOf } from '../table.js';
import { TEXTS } from '../texts.js';
import { agedTimeOf, timeOf } from '../times.js';

const T = TEXTS.messages;
const SHOWN = 200;
/** Messages in which those of one site are looked for. */
const LOOKED_AT = 1000;

/** The newest status messages, and the alerts: of all sites, or of one. */
export async function messagesView({ ask, query, zone, now }: Reader): Promise<View> {
  const site = query.get('site');
  const isAsked = (code: string): boolean => site === null || code === site;
  const alerts = (await ask('alert/list', {})).alerts.filter(({ SourceSiteCode }) => isAsked(SourceSiteCode));
  const newest = await newestMessages(ask, site === null ? SHOWN : LOOKED_AT);
  const messages = newest.filter(({ SiteCode }) => isAsked(SiteCode)).slice(0, SHOWN);
  const { columns: heading } = T;
  const clock = { zone, now };
  const alertTable = tableOf(
    T.alerts,
    [
      { heading: heading.name, cell: (alert) => alert.Name },
      { heading: heading.site, cell: (alert) => alert.SourceSiteCode },
      { heading: heading.state, cell: (alert) => alert.AlertStateName },
      { heading: heading.severity, cell: (alert) => alert.SeverityName },
      { heading: heading.count, cell: (alert) => alert.OccurrenceCount, isNumber: true },
      { heading: heading.changed, cell: (alert) => agedTimeOf(alert.DateAlertStateModified, clock) },
      { heading: heading.cause, cell: (alert) => alert.RootCauseMessage },
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
    body: html`${site === null ? undefined : html`<p>${T.ofSite(site, LOOKED_AT)} <a href="/messages">${T.all}</a></p>`}
    ${alerts.length === 0 ? undefined : alertTable} ${messages.length === 0 ? html`<p>${T.empty}</p>` : messageTable}`,
  };
}
