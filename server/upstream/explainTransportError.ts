import { reasonOf, SyncError, toSyncError } from '../errors/SyncError.js';
import { UNKNOWN_PEER } from '../xml/malformed.js';
import type { ProxySettings } from './SourceSettings.js';
import { errorCodes } from './errorCodes.js';
import { probeProxySchemes } from './probeProxySchemes.js';
import { transportErrorId } from './transportErrorId.js';

/** What was being done when a call failed. */
export interface FailedCall {
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
  const status = /Proxy (?:response|Authentication Required) \((\d{3})\)/.exec(reasonOf(caught))?.[1];
  if (call.proxy !== undefined && status !== undefined) return refusedByProxy(call.proxy, call, status);
  const errorId = transportErrorId(errorCodes(caught), reason);
  if (errorId === undefined) return toSyncError(caught, `the call ${call.operation} of ${call.url}`);
  if (call.proxy !== undefined && errorId === 'UpstreamUnreachable') return proxyFailed(call.proxy, call, reason);
  const data = { url: call.url, operation: call.operation, reason, status: '(none)', what: 'bytes that are not HTTP' };
  return new SyncError(errorId, data, { cause: caught });
}

/** The wire layer does not know whom it speaks with. */
function withUrl(error: SyncError, url: string): SyncError {
  if (error.data['url'] !== UNKNOWN_PEER) return error;
  return new SyncError(error.errorId, { ...error.data, url }, { cause: error });
}

async function refusedByProxy(proxy: ProxySettings, call: FailedCall, status: string): Promise<SyncError> {
  if (status !== '407') return proxyFailed(proxy, call, `it answered HTTP ${status}`);
  const schemes = await probeProxySchemes(proxy, call.target);
  return new SyncError('UpstreamProxyAuthentication', {
    proxy: proxy.url,
    schemes: schemes || 'it does not say which',
  });
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
