import { SyncError } from '../errors/SyncError.js';
import { parseFault } from '../wire/fault.js';
import { retryAfterSeconds } from './Retrier.js';
import { faultError } from './faultError.js';
import type { ProxySettings } from './SourceSettings.js';
import { proxyAuthentication } from './proxy.js';

/** What came instead of SOAP, in a few words for a message. */
function describeBody(bytes: Uint8Array, contentType: string): string {
  if (bytes.length === 0) return 'an empty body';
  const head = Buffer.from(bytes.subarray(0, 4096)).toString('utf8');
  if (/<html|<!doctype html/i.test(head)) return htmlPage(head);
  if (/^[\s\ufeff]*</.test(head)) return 'XML that is not SOAP';
  return contentType === '' ? 'bytes of an unknown type' : `a body of the type ${clean(contentType)}`;
}

/** Tells whether the bytes begin like XML that may be a SOAP envelope. */
function looksLikeSoap(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.subarray(0, 2048)).toString('latin1');
  return /^(?:\u00ef\u00bb\u00bf)?\s*</.test(head) && /<(?:[\w.-]+:)?Envelope[\s>]/.test(head);
}

function htmlPage(head: string): string {
  const title = clean(/<title[^>]*>([^<]*)/i.exec(head)?.[1] ?? '');
  return title === '' ? 'an HTML page' : `an HTML page titled "${title}"`;
}

function clean(text: string): string {
  return text
    .replace(/[\s\u0000-\u001f]+/g, ' ')
    .trim()
    .slice(0, 80);
}

/** One answer as it came. */
interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

/** Whom an answer came from; `now` in milliseconds for Retry-After. */
interface AnswerContext {
  readonly url: string;
  readonly operation: string;
  readonly proxy: ProxySettings | undefined;
  readonly now: number;
}

const BUSY = new Set([408, 429, 502, 503, 504]);

/** Gives the SOAP body of a good answer and throws the error for any other. */
export function checkAnswer(answer: HttpAnswer, context: AnswerContext): Buffer {
  const { url, operation } = context;
  if (BUSY.has(answer.status)) throw busy(answer, context);
  const own = ownWords(answer);
  if (own !== undefined) throw new SyncError(own, { url, reason: `HTTP ${answer.status}` });
  if (answer.status === 401 || answer.status === 403)
    throw new SyncError('UpstreamDenied', { url, operation, status: answer.status });
  if (answer.status === 407)
    throw proxyAuthentication(context.proxy ?? { url: 'before the upstream' }, answer.headers['proxy-authenticate']);
  if (!looksLikeSoap(answer.body)) throw notSoap(answer, context);
  const fault = answer.status !== 200 || beginsWithFault(answer.body) ? parseFault(answer.body) : undefined;
  if (fault !== undefined) throw faultError(fault, url, operation);
  if (answer.status !== 200) throw notSoap(answer, context);
  return answer.body;
}

/** What IIS (403.7, 403.16), nginx, Apache and others write into a refusal about TLS. */
function ownWords({ status, body }: HttpAnswer): 'UpstreamClientCertificate' | 'UpstreamExpectsTls' | undefined {
  if (status !== 400 && status !== 403) return undefined;
  const text = body.subarray(0, 16_384).toString('latin1');
  if (/\b403\.(7|13|16|17)\b|client certificate required|no required SSL certificate/i.test(text))
    return 'UpstreamClientCertificate';
  return /plain HTTP (request was sent )?to (an )?(HTTPS|SSL)|HTTP request to an HTTPS server/i.test(text)
    ? 'UpstreamExpectsTls'
    : undefined;
}

function beginsWithFault(body: Buffer): boolean {
  return /<(?:[\w.-]+:)?Fault[\s>]/.test(body.subarray(0, 1024).toString('latin1'));
}

function busy(answer: HttpAnswer, context: AnswerContext): SyncError {
  const seconds = retryAfterSeconds(answer.headers['retry-after'], context.now);
  return new SyncError('UpstreamBusy', {
    url: context.url,
    reason: `${context.operation}: HTTP ${answer.status}`,
    ...(seconds === undefined ? {} : { retryAfterSeconds: seconds }),
  });
}

function notSoap(answer: HttpAnswer, context: AnswerContext): SyncError {
  const location = answer.headers['location'];
  const what =
    answer.status >= 300 && answer.status < 400 && location !== undefined
      ? `a redirection to ${String(location).slice(0, 200)}`
      : describeBody(answer.body, String(answer.headers['content-type'] ?? ''));
  return new SyncError('UpstreamNotSoap', {
    url: context.url,
    operation: context.operation,
    status: answer.status,
    what,
  });
}
