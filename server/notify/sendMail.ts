import MailComposer from 'nodemailer/lib/mail-composer';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { reasonOf } from '../errors/SyncError.js';
import type { Zone } from '../schedule/zone.js';
import type { NotificationSettings } from '../state/NotificationSettings.js';
import type { AlertMessage } from './AlertMessage.js';
import { isLoopbackServer } from '../platform/isLoopbackServer.js';
import { htmlText, oneLine, plainText, subjectOf } from './messageText.js';
import { delivered, failed, type Outcome, refused } from './Outcome.js';

/** How a mail server is reached. */
export interface MailServer extends NotificationSettings {
  /** Undefined where it wants none. */
  readonly password: string | undefined;
  /** PEM of the authorities that are trusted; undefined for those of Node.js. */
  readonly authorities: readonly string[] | undefined;
  readonly zone: Zone;
  readonly siteGuid: string;
  /** For everything together, in ms: a server that answers in drips has no more than one that hangs. */
  readonly deadline?: number;
  readonly signal?: AbortSignal | undefined;
}

const CONNECT_MS = 15_000;
const DEADLINE_MS = 45_000;

/** Sends a message to one address, and says what the server said. */
export async function sendMail(address: string, message: AlertMessage, server: MailServer): Promise<Outcome> {
  const connection = new SMTPConnection(connectionOptions(server));
  const ended = new Promise<never>((_resolve, reject) => connection.on('error', reject));
  ended.catch(() => undefined);
  const deadline = server.deadline ?? DEADLINE_MS;
  const late = timeLimit(deadline, server.signal);
  try {
    const sent = deliver(connection, await compose(address, message, server), { address, server });
    sent.catch(() => undefined);
    return delivered(oneLine(await Promise.race([sent, ended, late.passed])));
  } catch (caught) {
    const reason = withoutPassword(explained(caught, server), server);
    return isRefusal(caught) ? refused(reason) : failed(reason, isRefusedForGood(caught));
  } finally {
    late.cancel();
    connection.close();
  }
}

function connectionOptions(server: MailServer): ConstructorParameters<typeof SMTPConnection>[0] {
  const { smtpServer, smtpPort, smtpSecurity, authorities } = server;
  return {
    host: smtpServer,
    port: smtpPort,
    secure: smtpSecurity === 'Tls',
    requireTLS: smtpSecurity === 'StartTls',
    ignoreTLS: smtpSecurity === 'None',
    // The reverse: without TLS only this machine or what was allowed by name is reached, which the settings see to.
    tls: { rejectUnauthorized: true, minVersion: 'TLSv1.2', ...(authorities && { ca: [...authorities] }) },
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    dnsTimeout: CONNECT_MS,
    socketTimeout: server.deadline ?? DEADLINE_MS,
    socketCloseTimeout: 0,
    maxResponseSize: 64 * 1024,
    allowInternalNetworkInterfaces: isLoopbackServer(smtpServer),
  };
}

async function compose(address: string, message: AlertMessage, server: MailServer): Promise<Buffer> {
  const mail = new MailComposer({
    from: { name: '', address: server.sender },
    to: [{ name: '', address }],
    subject: subjectOf(message),
    text: plainText(message, server.zone),
    html: htmlText(message, server.zone),
    messageId: `<${message.key}@${server.siteGuid}.configmgrsync>`,
    date: new Date(message.alerts[0]?.at ?? 0),
    // Nobody's absence note answers a machine.
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return mail.compile().build();
}

/** @returns what the server said when it took the message */
async function deliver(
  connection: SMTPConnection,
  mail: Buffer,
  { address, server }: { address: string; server: MailServer },
): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    connection.connect((error) => (error ? reject(error) : resolve()));
  });
  if (server.userName !== '') {
    const credentials = { user: server.userName, pass: server.password ?? '' };
    await new Promise<void>((resolve, reject) => {
      connection.login({ credentials }, (error) => (error ? reject(error) : resolve()));
    });
  }
  return new Promise((resolve, reject) => {
    connection.send({ from: server.sender, to: [address] }, mail, (error, info) =>
      error ? reject(error) : resolve(info.response),
    );
  });
}

/** Rejects after a while, or when the engine ends; the timer keeps no process alive. */
function timeLimit(milliseconds: number, signal?: AbortSignal): { passed: Promise<never>; cancel: () => void } {
  let cancel = (): void => undefined;
  const passed = new Promise<never>((_resolve, reject) => {
    const timer = setTimeout(() => reject(new DOMException('', 'TimeoutError')), milliseconds).unref();
    const end = (): void => reject(new DOMException('', 'AbortError'));
    signal?.addEventListener('abort', end, { once: true });
    // One that has ended tells nobody again.
    if (signal?.aborted === true) end();
    cancel = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
    };
  });
  passed.catch(() => undefined);
  return { passed, cancel };
}

/** An address that the server does not know; what policy forbids (5.7) an administrator may allow tomorrow. */
function isRefusedForGood(caught: unknown): boolean {
  const { responseCode, response = '' } = partsOf(caught);
  return responseCode !== undefined && [550, 551, 553].includes(responseCode) && !/\b5\.7\.\d/.test(response);
}

/** What the server says once it has seen the whole message is of this message alone. */
function isRefusal(caught: unknown): boolean {
  const { code, responseCode = 0 } = partsOf(caught);
  return code === 'EMESSAGE' && responseCode >= 500 && !isRefusedForGood(caught);
}

interface MailFailure {
  readonly code?: string;
  readonly responseCode?: number;
  readonly response?: string;
}

function partsOf(caught: unknown): MailFailure {
  return typeof caught === 'object' && caught !== null ? caught : {};
}

/** What failed, in words: the cause that was seen. */
function explained(caught: unknown, { smtpServer, smtpPort, deadline = DEADLINE_MS }: MailServer): string {
  const where = `${smtpServer}:${smtpPort}`;
  if (caught instanceof DOMException)
    return `The mail server ${where} did not finish within ${deadline / 1000} seconds`;
  const { code, response } = partsOf(caught);
  const reason = oneLine(reasonOf(caught));
  if (code === 'EAUTH')
    return `The mail server ${where} did not accept user name and password: ${said(response, reason)}`;
  if (code === 'EDNS') return `The mail server ${smtpServer} was not found: ${reason}`;
  if (code === 'ETLS') return `The mail server ${where} did not start TLS: ${said(response, reason)}`;
  if (response !== undefined && response !== '') return `The mail server ${where} said: ${oneLine(response)}`;
  return `The mail server ${where} could not be used: ${reason}`;
}

/** Some servers say what they did not understand, which may be the login. */
function withoutPassword(text: string, { userName, password = '' }: MailServer): string {
  if (password === '') return text;
  const encoded = [password, `\0${userName}\0${password}`].map((one) => Buffer.from(one).toString('base64'));
  return encoded.reduce((left, secret) => left.replaceAll(secret, '\u2026'), text);
}

function said(response: string | undefined, reason: string): string {
  return response === undefined || response === '' ? reason : oneLine(response);
}
