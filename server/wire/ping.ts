import { malformed } from '../xml/malformed.js';
import { textOf } from '../xml/tree.js';
import { booleanOf } from '../xml/values.js';
import { element } from '../xml/write.js';
import { fieldsReader, readInteger } from './fields.js';
import { readRequest, readResult, writeRequest, writeResponse } from './soap.js';
import type { SoapVersion } from './soap.js';

/**
 * What a service says of itself (MonitoredServicesResponse, appendix WSDL of MS-WSUSSS). Times are dateTime as written.
 */
interface PingAnswer {
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

/** Writes Ping with its level. */
export function writePingRequest(level: number, soap: SoapVersion): Buffer {
  return writeRequest('Ping', element('pingLevel', level), soap);
}

/** Reads what a service says of itself. */
export function parsePingResponse(bytes: Uint8Array): PingAnswer {
  const result = readResult(bytes, 'Ping');
  if (result === undefined) throw malformed('Ping', 'it holds no result');
  return {
    success: booleanOf(result, 'SuccessFlag'),
    time: textOf(result, 'ServicesTime').trim(),
    service: textOf(result, 'ServicesName'),
    machine: textOf(result, 'ServicesMachine'),
    isHttps: booleanOf(result, 'IsHttps'),
    contentType: textOf(result, 'RequestContentType'),
  };
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
