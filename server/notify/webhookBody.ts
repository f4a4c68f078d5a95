import type { Zone } from '../schedule/zone.js';
import type { AlertSubscription } from '../state/AlertSubscription.js';
import type { AlertMessage } from './AlertMessage.js';
import { closingOf, factsOf, headOf, oneLine, subjectOf } from './messageText.js';

/** Teams refuses a message from 28 KB on, Slack from 40,000 characters. */
const TEAMS_BYTES = 24 * 1024;
const SLACK_BYTES = 36 * 1024;

/** The body of a webhook in the form that its receiver takes. */
export function webhookBody(message: AlertMessage, format: AlertSubscription['webhookFormat'], zone: Zone): string {
  switch (format) {
    case 'Teams':
      return fitting(message, TEAMS_BYTES, (shown) => JSON.stringify(teamsCard(shown, zone)));
    case 'Slack':
      return fitting(message, SLACK_BYTES, (shown) => JSON.stringify({ text: slackText(shown, zone) }));
    case 'Json':
      return JSON.stringify(jsonBody(message));
  }
}

/** With so many of the alerts as its receiver takes; the text says how many more there are. */
function fitting(message: AlertMessage, most: number, bodyOf: (shown: AlertMessage) => string): string {
  for (let count = message.alerts.length; ; count = Math.floor(count / 2)) {
    const body = bodyOf({ ...message, alerts: message.alerts.slice(0, count) });
    if (count <= 1 || Buffer.byteLength(body) <= most) return body;
  }
}

function jsonBody({ siteCode, serverName, key, alerts, count, isTest }: AlertMessage): object {
  return {
    version: 1,
    key,
    siteCode,
    serverName,
    isTest,
    count,
    alerts: alerts.map(({ alertId, kind, state, severity, name, cause, nextStep, at, siteCode: site }) => ({
      id: alertId,
      kind,
      state,
      severity,
      siteCode: site,
      name: oneLine(name),
      cause: oneLine(cause),
      nextStep: oneLine(nextStep),
      time: new Date(at).toISOString(),
    })),
  };
}

function teamsCard(message: AlertMessage, zone: Zone): object {
  const block = (text: string, more: object = {}): object => ({
    type: 'TextBlock',
    wrap: true,
    // A text block reads Markdown: a name must not become a link.
    text: text.replace(/[\\[\]*_~`#]/g, '\\$&'),
    ...more,
  });
  const body = [
    block(subjectOf(message), { weight: 'Bolder', size: 'Medium' }),
    ...message.alerts.flatMap((alert) => [
      block(`${headOf(alert)}: ${oneLine(alert.name)}`, { weight: 'Bolder', separator: true }),
      ...factsOf(alert, zone)
        .slice(1)
        .map(({ label, text }) => block(`${label}: ${text}`, { spacing: 'None' })),
    ]),
    block(closingOf(message), { isSubtle: true, separator: true }),
  ];
  const content = {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.4',
    body,
  };
  return { type: 'message', attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content }] };
}

function slackText(message: AlertMessage, zone: Zone): string {
  const lines = [
    subjectOf(message),
    ...message.alerts.flatMap((alert) => ['', ...factsOf(alert, zone).map(({ label, text }) => `${label}: ${text}`)]),
    '',
    closingOf(message),
  ];
  return lines.join('\n').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
