import { fieldsReader } from '../scan/fieldsReader.js';
import { readInteger } from '../scan/readValues.js';
import { readRequest } from '../soap/readRequest.js';

const readParameters = fieldsReader({ pingLevel: readInteger });

/** Reads Ping; gives its level. */
export function parsePingRequest(bytes: Uint8Array): number {
  return readRequest(bytes, 'Ping', readParameters).pingLevel ?? 0;
}
