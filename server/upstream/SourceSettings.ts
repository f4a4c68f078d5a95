import { SyncError } from '../errors/SyncError.js';

/** A proxy as configured; only Basic authentication is spoken. */
export interface ProxySettings {
  readonly url: string;
  readonly userName?: string | undefined;
  readonly password?: string | undefined;
}

/** Where an MS-WSUSSS source is and how it is reached. */
export interface SourceSettings {
  /** Default: Microsoft Update. The paths of the services are appended to it. */
  readonly url?: string | undefined;
  /** Shown instead of the host name. */
  readonly name?: string | undefined;
  /** PEM certificates trusted besides the roots that Node brings. */
  readonly caBundle?: string | undefined;
  /** PEM certificate of the only authority that is trusted at the server itself; other hosts are trusted as ever. */
  readonly authority?: string | undefined;
  readonly proxy?: ProxySettings | undefined;
  /** Hosts that are reached without the proxy: names, suffixes, `host:port`, `*`. */
  readonly noProxy?: readonly string[] | undefined;
  /** FQDN of this server, as the upstream lists it. */
  readonly accountName: string;
  /** GUID this server chose for itself. */
  readonly accountGuid: string;
  /** For one call, answer included. Default 180 s. */
  readonly timeoutMs?: number | undefined;
  /** Default 4. */
  readonly connections?: number | undefined;
}

export const MICROSOFT_UPDATE_URL = 'https://sws.update.microsoft.com';
export const DEFAULT_TIMEOUT_MS = 180_000;
export const DEFAULT_CONNECTIONS = 4;

/** Checks the address of an upstream server and gives it as the base that service paths are appended to. */
export function parseUpstreamUrl(text: string): URL {
  const reason = reasonAgainst(text.trim());
  if (reason !== undefined) throw new SyncError('UpstreamUrlInvalid', { url: withoutPassword(text), reason });
  const url = new URL(text.trim());
  if (!url.pathname.endsWith('/')) url.pathname += '/';
  return url;
}

function reasonAgainst(text: string): string | undefined {
  if (!URL.canParse(text)) return 'it is not a URL';
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return `${url.protocol} is not http: or https:`;
  if (url.hostname === '') return 'it has no host name';
  if (url.username !== '' || url.password !== '') return 'it contains a user name or password';
  if (url.search !== '' || url.hash !== '') return 'it contains a query or fragment';
  return /\.asmx\/?$/i.test(url.pathname) ? 'it is the address of a service instead of the server' : undefined;
}

function withoutPassword(text: string): string {
  return text.replace(/\/\/[^/@]*@/, '//');
}
