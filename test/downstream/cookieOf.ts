import { request } from 'undici';
import {
  parseGetAuthorizationCookieResponse,
  writeGetAuthorizationCookieRequest,
} from '../../server/wire/getAuthorizationCookie.js';
import { type Cookie, parseGetCookieResponse, writeGetCookieRequest } from '../../server/wire/getCookie.js';
import { DSS_AUTH_PATH, SERVER_SYNC_PATH } from '../../server/wire/operations.js';
import { guid } from '../upstream/memoryCatalogue.js';

/** A cookie, as anybody gets one of a server over HTTP. */
export async function cookieOf(url: string): Promise<Cookie> {
  const post = async (path: string, body: Uint8Array): Promise<Buffer> => {
    const answer = await request(`${url}/${path}`, { method: 'POST', body, headers: { 'content-type': 'text/xml' } });
    return Buffer.from(await answer.body.arrayBuffer());
  };
  const account = { accountName: 'a.b', accountGuid: guid(1), programKeys: [] };
  const authorization = await post(DSS_AUTH_PATH, writeGetAuthorizationCookieRequest(account, '1.1'));
  const authCookies = [parseGetAuthorizationCookieResponse(authorization)];
  return parseGetCookieResponse(
    await post(SERVER_SYNC_PATH, writeGetCookieRequest({ authCookies, protocolVersion: '1.20' }, '1.1')),
  );
}
