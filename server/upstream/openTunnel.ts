import { type IncomingMessage, request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Duplex } from 'node:stream';
import { SyncError } from '../errors/SyncError.js';
import { connectHeaders, proxyAuthentication } from './proxy.js';
import type { ProxySettings } from './SourceSettings.js';

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
      reject(refusal(proxy, target, response));
    });
    tunnel.on('response', (response) => {
      response.resume();
      reject(refusal(proxy, target, response));
    });
    tunnel.on('error', reject);
    tunnel.end();
  });
}

function refusal(proxy: ProxySettings, target: string, { statusCode = 0, headers }: IncomingMessage): SyncError {
  if (statusCode === 407) return proxyAuthentication(proxy, headers['proxy-authenticate']);
  const reason = `it answered HTTP ${statusCode}`;
  return new SyncError('UpstreamProxyFailed', { proxy: proxy.url, url: target, reason });
}
