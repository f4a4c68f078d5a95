import type { AuthorizationCookie } from '../getAuthorizationCookie/AuthorizationCookie.js';
import type { Cookie } from './Cookie.js';

/**
 * What GetCookie takes (MS-WSUSSS 3.1.4.2): one authorization cookie, the cookie held so far if it is still valid, our
 * protocol version.
 */
export interface CookieRequest {
  readonly authCookies: readonly AuthorizationCookie[];
  readonly oldCookie?: Cookie | undefined;
  readonly protocolVersion: string;
}
