import type { SoapVersion } from '../soap/SoapVersion.js';
import { writeRequest } from '../soap/writePayload.js';
import { element } from '../xml/element.js';

/** Writes Ping with its level. */
export function writePingRequest(level: number, soap: SoapVersion): Buffer {
  return writeRequest('Ping', element('pingLevel', level), soap);
}
