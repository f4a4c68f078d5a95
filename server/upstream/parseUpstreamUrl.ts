import { SyncError } from '../errors/SyncError.js';

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
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return `${url.protocol} is neither http: nor https:`;
  if (url.hostname === '') return 'it names no host';
  if (url.username !== '' || url.password !== '') return 'it holds a user name or password';
  if (url.search !== '' || url.hash !== '') return 'it holds a query or fragment';
  return /\.asmx\/?$/i.test(url.pathname) ? 'it names a service instead of the server' : undefined;
}

function withoutPassword(text: string): string {
  return text.replace(/\/\/[^/@]*@/, '//');
}
