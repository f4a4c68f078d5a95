import { parseGetDriverSetDataRequest } from '../wire/getDriverSetData/parseGetDriverSetDataRequest.js';
import { writeGetDriverSetDataResponse } from '../wire/getDriverSetData/writeGetDriverSetDataResponse.js';
import type { SoapVersion } from '../wire/soap/SoapVersion.js';
import { answered, refused, type Answer } from './Answer.js';

/**
 * Targeting documents of driver sets (MS-WSUSSS 3.1.4.8): there are none, and GetConfigData says that none may be asked
 * for.
 */
export function answerGetDriverSetData(body: Buffer, soap: SoapVersion): Answer {
  const request = parseGetDriverSetDataRequest(body);
  return request.driverSets.length > 0
    ? refused('TooManyIds', 'driverSets')
    : answered(writeGetDriverSetDataResponse([], soap));
}
