import { DSS_TARGETING } from '../wire/getAuthConfig.js';
import {
  parseGetAuthorizationCookieRequest,
  writeGetAuthorizationCookieResponse,
} from '../wire/getAuthorizationCookie.js';
import type { SoapVersion } from '../wire/soap.js';
import { answered, refused } from './Answer.js';
import type { Answer } from './Answer.js';
import type { ServerContext } from './ServerContext.js';

const GUID = /^\{?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\}?$/i;
const NAME = /^[^\s<>"'&]{1,255}$/;

/** Gives a downstream server the right to ask for a cookie (MS-WSUSSS 3.2.4.1). */
export function answerGetAuthorizationCookie(body: Buffer, soap: SoapVersion, context: ServerContext): Answer {
  const request = parseGetAuthorizationCookieRequest(body);
  // Windows calls the parameter so, whatever the WSDL says.
  if (!NAME.test(request.accountName)) return refused('InvalidParameters', 'machineName');
  if (!GUID.test(request.accountGuid.trim())) return refused('InvalidParameters', 'accountGuid');
  const { options, limits, signer } = context;
  const cookieData = signer.sign({
    kind: 'authorization',
    expires: options.clock() + limits.cookieMinutes * 60_000,
    serverId: options.catalogue.serverId,
    account: request.accountName,
  });
  return answered(writeGetAuthorizationCookieResponse({ plugInId: DSS_TARGETING, cookieData }, soap));
}
