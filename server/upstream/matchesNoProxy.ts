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
