import { Agent, ProxyAgent, type Dispatcher } from 'undici';
import { SyncError } from '../errors/SyncError.js';
import { DEFAULT_CONNECTIONS, type ProxySettings, type SourceSettings } from './SourceSettings.js';
import { trustedRoots } from './trustedRoots.js';

const CONNECT_TIMEOUT_MS = 20_000;
const KEEP_ALIVE_MS = 30_000;

/**
 * Keep-alive connections to an upstream, directly or through a proxy. Verification of certificates is never switched
 * off.
 */
export function createDispatcher(base: URL, settings: SourceSettings, proxy: ProxySettings | undefined): Dispatcher {
  const ca = trustedRoots(settings);
  const tls = ca === undefined ? {} : { ca };
  const shared = {
    connections: settings.connections ?? DEFAULT_CONNECTIONS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    // One deadline rules the whole call; undici's own would cut long but living answers.
    headersTimeout: 0,
    bodyTimeout: 0,
  };
  if (proxy === undefined) return new Agent({ ...shared, connect: { timeout: CONNECT_TIMEOUT_MS, ...tls } });
  return new ProxyAgent({
    ...shared,
    uri: proxyUri(proxy),
    ...tokenOf(proxy),
    requestTls: { timeout: CONNECT_TIMEOUT_MS, ...tls },
    proxyTls: { timeout: CONNECT_TIMEOUT_MS, ...tls },
    // Proxies commonly allow CONNECT to port 443 only, so plain HTTP is asked for in absolute form.
    proxyTunnel: base.protocol === 'https:',
  });
}

function proxyUri(proxy: ProxySettings): string {
  const protocol = URL.canParse(proxy.url) ? new URL(proxy.url).protocol : '';
  if (protocol === 'http:' || protocol === 'https:') return proxy.url;
  throw new SyncError('UpstreamProxyFailed', {
    proxy: proxy.url,
    url: 'the upstream',
    reason: 'its address is not an http or https URL',
  });
}

function tokenOf(proxy: ProxySettings): { token?: string } {
  const token = basicToken(proxy);
  return token === undefined ? {} : { token };
}

/** The Proxy-Authorization of a proxy with a user name. */
export function basicToken(proxy: ProxySettings): string | undefined {
  if (proxy.userName === undefined || proxy.userName === '') return undefined;
  return `Basic ${Buffer.from(`${proxy.userName}:${proxy.password ?? ''}`, 'utf8').toString('base64')}`;
}
