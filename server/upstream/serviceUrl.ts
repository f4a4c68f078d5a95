import { malformed } from '../xml/malformed.js';

/** The address of a service: its path appended to the base, which ends in a slash and may have a path of its own. */
export function serviceUrl(base: URL, path: string): URL {
  return new URL(path.replace(/^\/+/, ''), base);
}

/**
 * The address of the authorization service as the server names it in ServiceUrl (MS-WSUSSS 3.1.4.1): relative to the
 * server root, or absolute on the same host and not less protected.
 */
export function plugInUrl(base: URL, text: string): URL {
  if (!/^[a-z][a-z0-9+.-]*:/i.test(text)) return serviceUrl(base, text);
  const named = URL.canParse(text) ? new URL(text) : undefined;
  const allowed =
    named !== undefined &&
    named.hostname === base.hostname &&
    (named.protocol === base.protocol || named.protocol === 'https:');
  if (!allowed) throw malformed('GetAuthConfig', `its ServiceUrl leads elsewhere: ${text.slice(0, 100)}`);
  return named;
}
