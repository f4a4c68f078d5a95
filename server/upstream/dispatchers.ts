import { X509Certificate } from 'node:crypto';
import { rootCertificates } from 'node:tls';
import { Agent, type Dispatcher, Pool, ProxyAgent } from 'undici';
import { reasonOf, SyncError } from '../errors/SyncError.js';
import { DEFAULT_CONNECTIONS, type ProxySettings, type SourceSettings } from './SourceSettings.js';
import { basicToken, chooseProxy, type Environment, proxyAuthentication } from './proxy.js';

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

/**
 * The roots Node brings and those of a PEM bundle; undefined (Node's own default) without a bundle. An authority is
 * trusted alone.
 */
export function trustedRoots({
  authority,
  caBundle,
}: Pick<SourceSettings, 'authority' | 'caBundle'>): string[] | undefined {
  if (authority !== undefined) return [authority];
  if (caBundle === undefined || caBundle.trim() === '') return undefined;
  const certificates = caBundle.match(CERTIFICATE) ?? [];
  if (certificates.length === 0) throw invalid('it contains no certificate in PEM form');
  for (const certificate of certificates) check(certificate);
  return [...rootCertificates, ...certificates];
}

function check(certificate: string): void {
  try {
    new X509Certificate(certificate);
  } catch (caught) {
    throw invalid(reasonOf(caught));
  }
}

function invalid(reason: string): SyncError {
  return new SyncError('CABundleInvalid', { path: 'of the source', reason });
}

const CONNECT_TIMEOUT_MS = 20_000;

const KEEP_ALIVE_MS = 30_000;

/**
 * Keep-alive connections to an upstream, directly or through a proxy. Verification of certificates is never switched
 * off.
 */
export function createDispatcher(base: URL, settings: SourceSettings, proxy: ProxySettings | undefined): Dispatcher {
  const ca = trustedRoots(settings);
  const shared = {
    connections: settings.connections ?? DEFAULT_CONNECTIONS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    // One deadline rules the whole call; undici's own would cut long but living answers.
    headersTimeout: 0,
    bodyTimeout: 0,
  };
  const connect = { timeout: CONNECT_TIMEOUT_MS, ca };
  if (proxy === undefined) return new Agent({ ...shared, connect });
  const uri = proxyUri(proxy);
  // Proxies commonly allow CONNECT to port 443 only, so plain HTTP is asked for in absolute form.
  if (base.protocol !== 'https:')
    return new Pool(new URL(uri).origin, { ...shared, connect }).compose(inAbsoluteForm(proxy));
  return new ProxyAgent({
    ...shared,
    uri,
    token: basicToken(proxy),
    requestTls: connect,
    proxyTls: connect,
    clientFactory: (origin, options) => namingSchemes(new Pool(origin, options), proxy),
  });
}

function inAbsoluteForm(proxy: ProxySettings): Dispatcher.DispatcherComposeInterceptor {
  const token = basicToken(proxy);
  return (dispatch) => (options, handler) => {
    const origin = String(options.origin);
    const headers = {
      ...(options.headers as Readonly<Record<string, string>>),
      host: new URL(origin).host,
      ...(token === undefined ? {} : { 'proxy-authorization': token }),
    };
    return dispatch({ ...options, path: origin + options.path, headers }, handler);
  };
}

/** undici tells only the status of a refused CONNECT; the schemes stand in the headers of that answer. */
function namingSchemes(pool: Pool, proxy: ProxySettings): Dispatcher {
  const open = pool.connect.bind(pool);
  return Object.assign(pool, {
    connect: async (options: Dispatcher.ConnectOptions): Promise<Dispatcher.ConnectData> => {
      const answer = await open(options);
      if (answer.statusCode !== 407) return answer;
      answer.socket.on('error', () => undefined).destroy();
      throw proxyAuthentication(proxy, answer.headers['proxy-authenticate']);
    },
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

/** How content files of a source are reached: the proxy and the connections for an address. */
interface ContentAccess {
  readonly proxyFor: (url: URL) => ProxySettings | undefined;
  readonly dispatcherFor: (url: URL) => Dispatcher;
}

/**
 * Content at the source itself is reached as the source is; elsewhere, at Microsoft, the authority of a parent site is
 * none.
 */
export function contentAccess(base: URL, settings: SourceSettings, env: Environment): ContentAccess {
  const proxyFor = (url: URL): ProxySettings | undefined => chooseProxy(url, settings, env);
  return {
    proxyFor,
    dispatcherFor: (url) =>
      createDispatcher(url, url.host === base.host ? settings : { ...settings, authority: undefined }, proxyFor(url)),
  };
}

/** The connections of one client, kept for each origin until they are closed. */
export class DispatcherPool {
  readonly #make: (url: URL) => Dispatcher;
  readonly #dispatchers = new Map<string, Dispatcher>();

  constructor(make: (url: URL) => Dispatcher) {
    this.#make = make;
  }

  /** The dispatcher for the origin of an address, made when it is first needed. */
  for(url: URL): Dispatcher {
    const known = this.#dispatchers.get(url.origin);
    if (known !== undefined) return known;
    const dispatcher = this.#make(url);
    this.#dispatchers.set(url.origin, dispatcher);
    return dispatcher;
  }

  /** Ends all connections at once. */
  async close(): Promise<void> {
    await Promise.all([...this.#dispatchers.values()].map(async (dispatcher) => dispatcher.destroy()));
    this.#dispatchers.clear();
  }
}
