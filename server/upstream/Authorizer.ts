import { SyncError } from '../errors/SyncError.js';
import { DSS_TARGETING, parseGetAuthConfigResponse, writeGetAuthConfigRequest } from '../wire/getAuthConfig.js';
import {
  parseGetAuthorizationCookieResponse,
  writeGetAuthorizationCookieRequest,
} from '../wire/getAuthorizationCookie.js';
import type { AuthorizationCookie } from '../wire/getAuthorizationCookie.js';
import { parseGetCookieResponse, writeGetCookieRequest } from '../wire/getCookie.js';
import type { Cookie } from '../wire/getCookie.js';
import { DSS_AUTH_PATH } from '../wire/soap.js';
import type { SoapCaller } from './SoapCaller.js';
import { PROTOCOL_VERSION } from './faultError.js';
import { plugInUrl, serviceUrl } from './serviceUrl.js';

/** Who we are at the upstream. */
export interface Account {
  readonly accountName: string;
  readonly accountGuid: string;
}

/** Goes through authorization: GetAuthConfig, GetAuthorizationCookie, GetCookie (MS-WSUSSS 3.2.4.1, reference 1.6). */
export class Authorizer {
  constructor(
    private readonly caller: SoapCaller,
    private readonly account: Account,
  ) {}

  /** A fresh cookie; `oldCookie` only while it is still valid. */
  async authorize(oldCookie: Cookie | undefined, signal: AbortSignal): Promise<Cookie> {
    const { soap } = this.caller;
    const authorization = await this.authorization(signal);
    const body = writeGetCookieRequest(
      { authCookies: [authorization], oldCookie, protocolVersion: PROTOCOL_VERSION },
      soap,
    );
    return parseGetCookieResponse(await this.caller.serverSync('GetCookie', body, signal));
  }

  private async authorization(signal: AbortSignal): Promise<AuthorizationCookie> {
    const { caller, account } = this;
    const target = await this.plugIn(signal);
    const body = writeGetAuthorizationCookieRequest({ ...account, programKeys: [] }, caller.soap);
    return parseGetAuthorizationCookieResponse(
      await caller.send({ operation: 'GetAuthorizationCookie', target, body }, signal),
    );
  }

  private async plugIn(signal: AbortSignal): Promise<URL> {
    const { caller } = this;
    const config = parseGetAuthConfigResponse(
      await caller.serverSync('GetAuthConfig', writeGetAuthConfigRequest(caller.soap), signal),
    );
    const plugIn = config.plugIns.find((offered) => offered.plugInId === DSS_TARGETING);
    if (plugIn === undefined && config.plugIns.length > 0)
      throw new SyncError('UpstreamDenied', { url: caller.url, operation: 'GetAuthConfig', status: 200 });
    const text = plugIn?.serviceUrl ?? '';
    return text === '' ? serviceUrl(caller.base, DSS_AUTH_PATH) : plugInUrl(caller.base, text);
  }
}
