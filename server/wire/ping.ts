import { element } from '../xml/write.js';
import { fieldsReader, readInteger } from './fields.js';
import { readRequest, writeResponse } from './soap.js';
import type { SoapVersion } from './operations.js';

/**
 * What a service says of itself (MonitoredServicesResponse, appendix WSDL of MS-WSUSSS). Times are dateTime as written.
 */
export interface PingAnswer {
  readonly success: boolean;
  readonly time: string;
  readonly service: string;
  readonly machine: string;
  readonly isHttps: boolean;
  readonly contentType: string;
}

const readParameters = fieldsReader({ pingLevel: readInteger });

/** Reads Ping; gives its level. */
export function parsePingRequest(bytes: Uint8Array): number {
  return readRequest(bytes, 'Ping', readParameters).pingLevel ?? 0;
}

/** The null of a dateTime in this protocol; there is no configuration file that these could be times of. */
const NEVER = '1753-01-01T00:00:00';

/** Writes what a service says of itself, in the order of the WSDL. */
export function writePingResponse(answer: PingAnswer, soap: SoapVersion): Buffer {
  return writeResponse(
    'Ping',
    [
      element('SuccessFlag', answer.success),
      element('ServicesTime', answer.time),
      element('ServicesName', answer.service),
      element('ServicesMachine', answer.machine),
      element('IsHttps', answer.isHttps),
      element('RequestContentType', answer.contentType),
      element('ConfigFileLastModifiedTime', NEVER),
      element('ConfigFileNextExpirationTime', NEVER),
      element('ConfigFileExpirationModuloInMinutes', 0),
    ].join(''),
    soap,
  );
}
