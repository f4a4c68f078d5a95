import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Duplex } from 'node:stream';
import { SyncError } from '../../errors/SyncError.js';
import { connectHeaders, proxySchemes } from '../proxy.js';
import type { ProxySettings } from '../SourceSettings.js';

/** Where a tunnel leads (`host:port`), who is trusted at an https proxy, and how long it may take. */
interface TunnelOptions {
  readonly target: string;
  readonly ca: string[] | undefined;
  readonly signal: AbortSignal;
}

/**
 * A connection to a target through a proxy (CONNECT).
 * @throws SyncError UpstreamProxyAuthentication, UpstreamProxyFailed, and what the socket threw
 */
export async function openTunnel(proxy: ProxySettings, { target, ca, signal }: TunnelOptions): Promise<Duplex> {
  const url = new URL(proxy.url);
  const options = {
    method: 'CONNECT',
    path: target,
    agent: false as const,
    signal,
    headers: connectHeaders(proxy, target),
  };
  return new Promise((resolve, reject) => {
    const tunnel = url.protocol === 'https:' ? httpsRequest(url, { ...options, ca }) : httpRequest(url, options);
    tunnel.on('connect', (response, socket) => {
      if (response.statusCode === 200) {
        resolve(socket);
        return;
      }
      socket.destroy();
      reject(
        refusal(proxy, target, {
          status: response.statusCode ?? 0,
          schemes: proxySchemes(response.headers['proxy-authenticate']),
        }),
      );
    });
    tunnel.on('response', (response) => {
      response.resume();
      reject(
        refusal(proxy, target, {
          status: response.statusCode ?? 0,
          schemes: proxySchemes(response.headers['proxy-authenticate']),
        }),
      );
    });
    tunnel.on('error', reject);
    tunnel.end();
  });
}

function refusal(
  proxy: ProxySettings,
  target: string,
  { status, schemes }: { status: number; schemes: string },
): SyncError {
  if (status === 407)
    return new SyncError('UpstreamProxyAuthentication', {
      proxy: proxy.url,
      schemes: schemes || 'it does not say which',
    });
  return new SyncError('UpstreamProxyFailed', { proxy: proxy.url, url: target, reason: `it answered HTTP ${status}` });
}
