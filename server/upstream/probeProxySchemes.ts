import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { basicToken } from './createDispatcher.js';
import type { ProxySettings } from './SourceSettings.js';

const PROBE_TIMEOUT_MS = 10_000;

/**
 * Asks a proxy that refused us which schemes it offers; undici hides the headers of its answer to CONNECT. '' if it
 * does not say.
 */
export async function probeProxySchemes(proxy: ProxySettings, target: URL): Promise<string> {
  const url = new URL(proxy.url);
  const port = target.port === '' ? (target.protocol === 'https:' ? '443' : '80') : target.port;
  const path = `${target.hostname}:${port}`;
  const token = basicToken(proxy);
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
  const headers = { host: path, ...(token === undefined ? {} : { 'proxy-authorization': token }) };
  return new Promise((resolve) => {
    const probe = send(url, { method: 'CONNECT', path, headers, agent: false, timeout: PROBE_TIMEOUT_MS });
    const finish = (response?: IncomingMessage): void => {
      probe.destroy();
      resolve(response === undefined ? '' : proxySchemes(response.headers['proxy-authenticate']));
    };
    probe.on('connect', finish).on('response', finish);
    probe.on('timeout', () => finish()).on('error', () => finish());
    probe.end();
  });
}

/** The names of the schemes in Proxy-Authenticate, without their parameters. */
export function proxySchemes(header: string | readonly string[] | undefined): string {
  const values = typeof header === 'string' ? [header] : (header ?? []);
  const names = values
    .flatMap((value) => value.split(','))
    .map((part) => /^\s*([A-Za-z][\w-]*)(?:\s+(?!=)|\s*$)/.exec(part)?.[1])
    .filter((name) => name !== undefined);
  return [...new Set(names)].join(', ');
}
