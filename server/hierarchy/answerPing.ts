import { parsePingRequest, writePingResponse } from '../wire/ping.js';
import { CONTENT_TYPE } from '../wire/soap.js';
import type { SoapVersion } from '../wire/soap.js';
import { answered } from './Answer.js';
import type { Answer } from './Answer.js';
import type { ServerContext } from './ServerContext.js';

/** Says that the service is there (MS-WSUSSS 3.1.4.12; no downstream server calls it, monitors do). */
export function answerPing(body: Buffer, soap: SoapVersion, context: ServerContext): Answer {
  parsePingRequest(body);
  const { options, request } = context;
  return answered(
    writePingResponse(
      {
        success: true,
        time: new Date(options.clock()).toISOString(),
        service: request.service,
        machine: options.serverName ?? '',
        isHttps: request.isEncrypted,
        contentType: CONTENT_TYPE[soap],
      },
      soap,
    ),
  );
}
