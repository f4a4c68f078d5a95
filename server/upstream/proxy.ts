import { SyncError } from '../errors/SyncError.js';
import type { ProxySettings, SourceSettings } from './SourceSettings.js';

/** Tells whether a host name, as a URL writes it, is this machine's loopback. */
export function isLoopbackHost(hostname: string): boolean {
  const host = hostname.toLowerCase();
  return host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);
}

/**
 * Tells whether a list of exceptions names the host: `*`, `host`, `.suffix` or `*.suffix` (subdomains of a plain name
 * count too), each with `:port`.
 */
export function matchesNoProxy(url: URL, exceptions: readonly string[]): boolean {
  const host = url.hostname.toLowerCase().replace(/^\[|\]$/g, '');
  const port = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port;
  return exceptions.some((exception) => matches(exception.trim().toLowerCase(), host, port));
}

function matches(exception: string, host: string, port: string): boolean {
  if (exception === '') return false;
  if (exception === '*') return true;
  const [, bracketed, plain, wanted] = /^(?:\[([^\]]+)\]|([^:]+|[^:]*:[^:]*:.*?))(?::(\d+))?$/.exec(exception) ?? [];
  if (wanted !== undefined && wanted !== port) return false;
  const name = (bracketed ?? plain ?? exception).replace(/^\*?\./, '');
  return host === name || host.endsWith(`.${name}`);
}

/** Environment variables as `process.env` gives them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The proxy for an address: the one of the settings, else HTTPS_PROXY or HTTP_PROXY (either case) unless NO_PROXY
 * excludes the host.
 */
export function chooseProxy(
  url: URL,
  settings: Pick<SourceSettings, 'proxy' | 'noProxy'>,
  env: Environment,
): ProxySettings | undefined {
  if (matchesNoProxy(url, settings.noProxy ?? [])) return undefined;
  if (settings.proxy !== undefined) return settings.proxy;
  const name = url.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY';
  const value = variable(env, name);
  // A proxy of the environment can never reach this machine's own loopback.
  if (value === '' || isLoopbackHost(url.hostname)) return undefined;
  return matchesNoProxy(url, variable(env, 'NO_PROXY').split(/[\s,]+/)) ? undefined : fromText(value);
}

function variable(env: Environment, name: string): string {
  return (env[name.toLowerCase()] ?? env[name] ?? '').trim();
}

function fromText(text: string): ProxySettings {
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`;
  if (!URL.canParse(withScheme)) return { url: withScheme };
  const url = new URL(withScheme);
  const credentials = url.username === '' ? {} : { userName: decoded(url.username), password: decoded(url.password) };
  return { url: `${url.protocol}//${url.host}`, ...credentials };
}

/** A password with a bare per cent sign is taken as it stands. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The Proxy-Authorization of a proxy with a user name. */
export function basicToken(proxy: ProxySettings): string | undefined {
  if (proxy.userName === undefined || proxy.userName === '') return undefined;
  return `Basic ${Buffer.from(`${proxy.userName}:${proxy.password ?? ''}`, 'utf8').toString('base64')}`;
}

/** The headers of a CONNECT to a host and port. */
export function connectHeaders(proxy: ProxySettings, host: string): Readonly<Record<string, string>> {
  const token = basicToken(proxy);
  return token === undefined ? { host } : { host, 'proxy-authorization': token };
}

/** What a proxy that answered 407 wants, with the schemes of that answer. */
export function proxyAuthentication(
  proxy: Pick<ProxySettings, 'url' | 'userName'>,
  header: string | readonly string[] | undefined,
): SyncError {
  const isGiven = proxy.userName !== undefined && proxy.userName !== '';
  return new SyncError('UpstreamProxyAuthentication', {
    proxy: proxy.url,
    wants: isGiven ? 'did not accept the user name and password' : 'asks for authentication',
    schemes: proxySchemes(header) || 'no scheme named',
  });
}

/** The names of the schemes in Proxy-Authenticate, without their parameters. */
function proxySchemes(header: string | readonly string[] | undefined): string {
  const values = typeof header === 'string' ? [header] : (header ?? []);
  const names = values
    // A quoted text may have commas in it.
    .flatMap((value) => value.replace(/"(?:[^"\\]|\\.)*"/g, '""').split(','))
    .map((part) => /^\s*([A-Za-z][\w-]*)(?:\s+(?!=)|\s*$)/.exec(part)?.[1])
    .filter((name) => name !== undefined);
  return [...new Set(names)].join(', ');
}
