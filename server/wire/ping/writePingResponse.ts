import type { SoapVersion } from '../soap/SoapVersion.js';
import { writeResponse } from '../soap/writePayload.js';
import { element } from '../xml/element.js';
import type { PingAnswer } from './PingAnswer.js';

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
