import type { Dispatcher } from 'undici';
import { SyncError } from '../errors/SyncError.js';
import type { ProxySettings } from './SourceSettings.js';
import { explainTransportError } from './explainTransportError.js';
import { proxyAuthentication } from './proxy.js';

/** One request for a file: who ended it, if anybody did, and how it went. */
interface FileRequest {
  readonly url: URL;
  /** Such as `Downloading x.cab`. */
  readonly what: string;
  /** Of whoever asked. */
  readonly signal: AbortSignal;
  /** Aborted when it took too long. */
  readonly time: AbortSignal;
  readonly timeMs: number;
  readonly proxyFor: (url: URL) => ProxySettings | undefined;
}

/** Why a file could not be fetched. */
export async function fetchFailure(cause: unknown, request: FileRequest): Promise<SyncError> {
  const { url, what, signal, time, timeMs, proxyFor } = request;
  const about = { url: url.origin, operation: 'GET' };
  if (signal.aborted) return new SyncError('Cancelled', { what }, { cause });
  if (time.aborted) return new SyncError('UpstreamTimeout', { ...about, seconds: timeMs / 1000 }, { cause });
  return explainTransportError(cause, { ...about, target: url, proxy: proxyFor(url) });
}

/** @throws SyncError UpstreamProxyAuthentication where the answer is that of a proxy */
export function refuseProxy(
  { statusCode, headers }: Pick<Dispatcher.ResponseData, 'statusCode' | 'headers'>,
  proxy: ProxySettings | undefined,
): void {
  if (statusCode === 407)
    throw proxyAuthentication(proxy ?? { url: 'before the server' }, headers['proxy-authenticate']);
}
