import { parseGetDriverSetDataRequest, writeGetDriverSetDataResponse } from '../wire/getDriverSetData.js';
import type { SoapVersion } from '../wire/soap.js';
import { answered, refused } from './Answer.js';
import type { Answer } from './Answer.js';

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
