import { printable } from '../platform/printable.js';
import { toWall, wallText, type Zone } from '../schedule/zone.js';
import type { AlertMessage, ShownAlert } from './AlertMessage.js';

const SEVERITIES: Readonly<Record<number, string>> = { 1: 'Error', 2: 'Warning', 3: 'Information' };
const LONGEST_SUBJECT = 200;
const LONGEST_LINE = 2000;

/** A line of a message: a label and what it says. */
interface Fact {
  readonly label: string;
  readonly text: string;
}

/** What an upstream has said stays on one line and carries no marks. */
export function oneLine(text: string, longest = LONGEST_LINE): string {
  const line = printable(text.replace(/\s+/g, ' ')).trim();
  return line.length > longest ? `${line.slice(0, longest - 1)}\u2026` : line;
}

/** `Error`, `Resolved`: what is seen first. */
export function headOf({ state, severity }: ShownAlert): string {
  return state === 'Resolved' ? 'Resolved' : (SEVERITIES[severity] ?? 'Error');
}

/** The subject of the mail, and the first line of every other form. */
export function subjectOf({ siteCode, alerts, count, isTest }: AlertMessage): string {
  const site = `[ConfigMgrSync ${siteCode}]`;
  const [alert] = alerts;
  if (isTest) return `${site} Test of an alert subscription`;
  if (count === 1 && alert !== undefined) return oneLine(`${site} ${headOf(alert)}: ${alert.name}`, LONGEST_SUBJECT);
  return `${site} ${count} alerts`;
}

/** What a message says of one alert. */
export function factsOf(alert: ShownAlert, zone: Zone): readonly Fact[] {
  const isOver = alert.state === 'Resolved';
  const facts = [
    { label: headOf(alert), text: alert.name },
    { label: 'Site', text: alert.siteCode },
    { label: isOver ? 'Resolved at' : 'Raised at', text: wallText(toWall(zone, alert.at)).replace('T', ' ') },
    { label: isOver ? 'It was raised because' : 'Cause', text: alert.cause },
    { label: 'Next step', text: alert.nextStep },
  ];
  return facts.map(({ label, text }) => ({ label, text: oneLine(text) })).filter(({ text }) => text !== '');
}

/** What follows the alerts. */
export function closingOf({ serverName, alerts, count, isTest }: AlertMessage): string {
  const more = count > alerts.length ? `${count - alerts.length} more alerts are not shown. ` : '';
  const what = isTest ? 'This is a test. Nothing has happened. ' : '';
  const sender = oneLine(serverName, LONGEST_SUBJECT);
  return `${what}${more}Sent by ConfigMgrSync on ${sender}. Get-CMAlert shows all alerts.`;
}

/** The plain text. */
export function plainText(message: AlertMessage, zone: Zone): string {
  const alerts = message.alerts.map((alert) =>
    factsOf(alert, zone)
      .map(({ label, text }) => `${label}: ${text}\n`)
      .join(''),
  );
  return [...alerts, `${closingOf(message)}\n`].join('\n');
}

/** The same as HTML. */
export function htmlText(message: AlertMessage, zone: Zone): string {
  const alerts = message.alerts.map((alert) => `<p>${factsOf(alert, zone).map(htmlFact).join('<br>')}</p>`);
  return `<!DOCTYPE html><html lang="en"><body>${alerts.join('')}<p>${escaped(closingOf(message))}</p></body></html>`;
}

function htmlFact({ label, text }: Fact, index: number): string {
  const line = `${escaped(label)}: ${escaped(text)}`;
  return index === 0 ? `<strong>${line}</strong>` : line;
}

/** Text as HTML and Slack take it. */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
