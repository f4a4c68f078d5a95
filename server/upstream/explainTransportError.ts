import { errors } from 'undici';
import { type ErrorId, reasonOf, SyncError, toSyncError } from '../errors/SyncError.js';
import { UNKNOWN_PEER } from '../xml/malformed.js';
import type { ProxySettings } from './SourceSettings.js';
import { answersInPlain, probeTls, tlsFailureId } from './tlsFailure.js';

/** Every code in an error, its causes and its parts (Node tries several addresses and throws an AggregateError). */
function errorCodes(caught: unknown, depth = 0): readonly string[] {
  if (!(caught instanceof Error) || depth > 5) return [];
  const own = 'code' in caught && typeof caught.code === 'string' ? [caught.code] : [];
  const parts = caught instanceof AggregateError ? caught.errors : [];
  return [...own, ...errorCodes(caught.cause, depth + 1), ...parts.flatMap((part) => errorCodes(part, depth + 1))];
}

const UNTRUSTED = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_UNTRUSTED',
  'CERT_REJECTED',
  'CERT_REVOKED',
  'CERT_SIGNATURE_FAILURE',
  'CERT_CHAIN_TOO_LONG',
  'INVALID_CA',
  'INVALID_PURPOSE',
  'HOSTNAME_MISMATCH',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'ERR_TLS_CERT_ALTNAME_FORMAT',
  'UND_ERR_PRX_TLS',
]);
const UNREACHABLE = new Set([
  'ENOTFOUND',
  'EAI_AGAIN',
  'EAI_FAIL',
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  'ENETDOWN',
  'EADDRNOTAVAIL',
  'EACCES',
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
]);
const CUT = new Set([
  'ECONNRESET',
  'EPIPE',
  'ECONNABORTED',
  'UND_ERR_SOCKET',
  'UND_ERR_ABORTED',
  'UND_ERR_DESTROYED',
  'UND_ERR_CLOSED',
  'UND_ERR_INFO',
  'UND_ERR_RES_CONTENT_LENGTH_MISMATCH',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
  'ERR_STREAM_PREMATURE_CLOSE',
  'HPE_INVALID_EOF_STATE',
]);

/**
 * The row of the error table for a failure below HTTP, by its cause; undefined for a failure that is not one of these.
 */
function transportErrorId(codes: readonly string[], message: string): ErrorId | undefined {
  if (codes.some((code) => UNTRUSTED.has(code))) return 'UpstreamTlsNotTrusted';
  const tls = tlsFailureId(codes);
  if (tls !== undefined) return tls;
  if (codes.some((code) => UNREACHABLE.has(code))) return 'UpstreamUnreachable';
  if (codes.some((code) => CUT.has(code))) return 'UpstreamConnectionCut';
  if (codes.some((code) => code.startsWith('HPE_')) || message.startsWith('Response does not match the HTTP'))
    return 'UpstreamNotSoap';
  return /terminated|other side closed|premature|socket hang up/i.test(message) ? 'UpstreamConnectionCut' : undefined;
}

/** What was being done when a call failed. */
interface FailedCall {
  /** The upstream as named in messages. */
  readonly url: string;
  readonly target: URL;
  readonly operation: string;
  readonly proxy: ProxySettings | undefined;
}

/** Turns whatever a call threw into the row of the error table for its cause. */
export async function explainTransportError(caught: unknown, call: FailedCall): Promise<SyncError> {
  if (caught instanceof SyncError) return withUrl(caught, call.url);
  const reason = deepestReason(caught);
  const status = /Proxy response \((\d{3})\)/.exec(reasonOf(caught))?.[1];
  if (call.proxy !== undefined && status !== undefined)
    return proxyFailed(call.proxy, call, `it answered HTTP ${status}`);
  if (isTlsAnswer(caught)) return new SyncError('UpstreamExpectsTls', { url: call.url }, { cause: caught });
  const errorId = await seenId(caught, reason, call);
  if (errorId === undefined) return toSyncError(caught, `the call ${call.operation} of ${call.url}`);
  if (call.proxy !== undefined && errorId === 'UpstreamUnreachable') return proxyFailed(call.proxy, call, reason);
  const data = { url: call.url, operation: call.operation, reason, status: '(none)', what: 'bytes that are not HTTP' };
  return new SyncError(errorId, data, { cause: caught });
}

/** What failed; where that says little, the manner in which the server speaks TLS says more. */
async function seenId(caught: unknown, reason: string, { target, proxy }: FailedCall): Promise<ErrorId | undefined> {
  const errorId = transportErrorId(errorCodes(caught), reason);
  if (errorId !== 'UpstreamTlsNoCipher' && errorId !== 'UpstreamConnectionCut') return errorId;
  const isPlain = target.protocol !== 'https:';
  if (isPlain && proxy !== undefined) return errorId;
  const manner = await probeTls(target, proxy);
  if (manner === 'WantsClientCertificate') return 'UpstreamClientCertificate';
  // A port may speak both: one that answers in plain has cut this connection for another reason.
  return isPlain && manner === 'Tls' && !(await answersInPlain(target)) ? 'UpstreamExpectsTls' : errorId;
}

/** An alert or a handshake of TLS in answer to plain HTTP. */
function isTlsAnswer(caught: unknown): boolean {
  const data = caught instanceof errors.HTTPParserError ? (caught as { readonly data?: string }).data : undefined;
  return data !== undefined && /^[\x15\x16]\x03/.test(data);
}

/** The wire layer does not know whom it speaks with. */
function withUrl(error: SyncError, url: string): SyncError {
  if (error.data['url'] !== UNKNOWN_PEER) return error;
  return new SyncError(error.errorId, { ...error.data, url }, { cause: error });
}

function proxyFailed(proxy: ProxySettings, call: FailedCall, reason: string): SyncError {
  return new SyncError('UpstreamProxyFailed', { proxy: proxy.url, url: call.url, reason });
}

/** The innermost cause says what happened; outer layers say "fetch failed" or "terminated". */
function deepestReason(caught: unknown): string {
  const parts: readonly unknown[] = caught instanceof AggregateError ? caught.errors : [];
  const inner = caught instanceof Error ? (caught.cause ?? parts[0]) : undefined;
  return inner instanceof Error ? deepestReason(inner) : reasonOf(caught);
}
