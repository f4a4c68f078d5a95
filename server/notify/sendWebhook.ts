import { createHmac } from 'node:crypto';
import { type Dispatcher, request } from 'undici';
import { reasonOf } from '../errors/SyncError.js';
import type { Zone } from '../schedule/zone.js';
import type { AlertSubscription } from '../state/AlertSubscription.js';
import type { AlertMessage } from './AlertMessage.js';
import { oneLine } from './messageText.js';
import { delivered, failed, type Outcome, refused } from './Outcome.js';
import { withoutWebhook } from './shownWebhook.js';
import { webhookBody } from './webhookBody.js';

/** How a webhook is called. */
export interface WebhookTarget extends Pick<AlertSubscription, 'webhook' | 'webhookFormat'> {
  /** Undefined: the message is not signed. */
  readonly secret: string | undefined;
  readonly dispatcher: Dispatcher;
  readonly zone: Zone;
  readonly now: number;
  /** A signal that fires, with a `TimeoutError`, after so many ms: by itself a timer of the system. */
  readonly timeLimit?: (ms: number) => AbortSignal;
  readonly signal?: AbortSignal | undefined;
}

/** For everything together. */
const DEADLINE_MS = 30_000;
/** So much of an answer is read. */
const ANSWER_BYTES = 4096;
const GONE = 410;
/** Statuses that speak of what was posted, not of who posts or how often. */
const REFUSALS: ReadonlySet<number> = new Set([400, 413, 415, 422]);

/** Posts a message, and says what the receiver said. Redirects are not followed. */
export async function sendWebhook(message: AlertMessage, target: WebhookTarget): Promise<Outcome> {
  const body = webhookBody(message, target.webhookFormat, target.zone);
  const { timeLimit = (ms) => AbortSignal.timeout(ms) } = target;
  const { host } = new URL(target.webhook);
  try {
    const answer = await request(target.webhook, {
      method: 'POST',
      headers: headersOf(body, message, target),
      body,
      dispatcher: target.dispatcher,
      signal: AbortSignal.any([timeLimit(DEADLINE_MS), ...(target.signal ? [target.signal] : [])]),
    });
    const isTaken = answer.statusCode >= 200 && answer.statusCode < 300;
    const reading = beginningOf(answer.body);
    // It has the message: an answer that is cut or never ends does not have it sent again.
    const read = isTaken ? await reading.catch(() => '') : await reading;
    const text = oneLine(withoutWebhook(read, target.webhook), 300);
    const said = `${host} answered HTTP ${answer.statusCode}${text === '' ? '' : `: ${text}`}`;
    if (isTaken) return delivered(said);
    if (answer.statusCode >= 300 && answer.statusCode < 400)
      return failed(`${host} answered HTTP ${answer.statusCode}, a redirect, which is not followed`);
    return REFUSALS.has(answer.statusCode) ? refused(said) : failed(said, answer.statusCode === GONE);
  } catch (caught) {
    if (isTimeout(caught)) return failed(`${host} did not answer within ${DEADLINE_MS / 1000} seconds`);
    return failed(`${host} could not be used: ${oneLine(withoutWebhook(reasonOf(caught), target.webhook))}`);
  }
}

function isTimeout(caught: unknown): boolean {
  return caught instanceof DOMException && caught.name === 'TimeoutError';
}

function headersOf(body: string, { key }: AlertMessage, { secret, now }: WebhookTarget): Record<string, string> {
  const time = String(Math.floor(now / 1000));
  return {
    'content-type': 'application/json; charset=utf-8',
    'user-agent': 'ConfigMgrSync',
    'idempotency-key': key,
    'x-configmgrsync-timestamp': time,
    ...(secret === undefined || secret === '' ? {} : { 'x-configmgrsync-signature': signatureOf(secret, time, body) }),
  };
}

/** HMAC-SHA256 over the time, a full stop and the body. */
function signatureOf(secret: string, time: string, body: string): string {
  return `sha256=${createHmac('sha256', secret).update(`${time}.${body}`).digest('hex')}`;
}

/** An answer may never end: nobody reads more of it than is shown. */
async function beginningOf(body: Dispatcher.ResponseData['body']): Promise<string> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of body as AsyncIterable<Buffer>) {
    parts.push(part);
    length += part.length;
    if (length >= ANSWER_BYTES) break;
  }
  return Buffer.concat(parts).subarray(0, ANSWER_BYTES).toString('utf8');
}
