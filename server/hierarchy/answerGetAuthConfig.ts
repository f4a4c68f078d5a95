import { DSS_TARGETING, parseGetAuthConfigRequest, writeGetAuthConfigResponse } from '../wire/getAuthConfig.js';
import { DSS_AUTH_PATH } from '../wire/soap.js';
import type { SoapVersion } from '../wire/soap.js';
import { answered } from './Answer.js';
import type { Answer } from './Answer.js';

const LAST_CHANGE = '2020-01-01T00:00:00Z';

/** Names the one plug-in, its address relative to the server root (MS-WSUSSS 3.1.4.1). */
export function answerGetAuthConfig(body: Buffer, soap: SoapVersion): Answer {
  parseGetAuthConfigRequest(body);
  const plugIns = [{ plugInId: DSS_TARGETING, serviceUrl: DSS_AUTH_PATH, parameter: '' }];
  return answered(writeGetAuthConfigResponse({ lastChange: LAST_CHANGE, plugIns }, soap));
}
