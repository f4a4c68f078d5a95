import { parseGetConfigDataRequest, writeGetConfigDataResponse } from '../wire/getConfigData.js';
import type { SoapVersion } from '../wire/soap.js';
import { answered } from './Answer.js';
import type { Answer } from './Answer.js';
import type { ServerContext } from './ServerContext.js';

/** Tells limits and languages; the languages only when they changed since the anchor sent (MS-WSUSSS 3.1.4.3). */
export async function answerGetConfigData(body: Buffer, soap: SoapVersion, context: ServerContext): Promise<Answer> {
  const request = parseGetConfigDataRequest(body);
  const { anchor, languages } = await context.options.catalogue.configuration();
  return answered(
    writeGetConfigDataResponse(
      {
        ...FIXED,
        catalogOnlySync: context.options.redirectsContent !== true,
        maxNumberOfUpdatesPerRequest: context.limits.maxUpdatesPerRequest,
        maxUpdatesPerRequestInGetUpdateDecryptionData: context.limits.maxUpdatesPerDecryptionRequest,
        newConfigAnchor: anchor,
        languages: request.configAnchor === anchor ? [] : languages,
      },
      soap,
    ),
  );
}

const FIXED = {
  lazySync: true,
  serverHostsPsfFiles: false,
  maxNumberOfComputerIdsInRequest: 0,
  maxNumberOfDriverSetsPerRequest: 0,
  maxNumberOfPnpHardwareIdsInRequest: 0,
  protocolVersion: '1.20',
};
