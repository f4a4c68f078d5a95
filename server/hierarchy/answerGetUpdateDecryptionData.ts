import {
  parseGetUpdateDecryptionDataRequest,
  writeGetUpdateDecryptionDataResponse,
} from '../wire/getUpdateDecryptionData.js';
import type { SoapVersion } from '../wire/soap.js';
import { answered, refused } from './Answer.js';
import type { Answer } from './Answer.js';
import type { ServerContext } from './ServerContext.js';

/**
 * Keys of encrypted files (MS-WSUSSS 3.1.4.18): this server never gets any from its upstream, so it has none for any
 * revision.
 */
export function answerGetUpdateDecryptionData(body: Buffer, soap: SoapVersion, context: ServerContext): Answer {
  const request = parseGetUpdateDecryptionDataRequest(body);
  if (request.identities.length > context.limits.maxUpdatesPerDecryptionRequest)
    return refused('InvalidParameters', 'updateIds');
  return answered(writeGetUpdateDecryptionDataResponse([], soap));
}
