import { readRequest } from '../soap/readPayload.js';
import { integerOf } from '../xml/integerOf.js';

/** Reads Ping; gives its level. */
export function parsePingRequest(bytes: Uint8Array): number {
  return integerOf(readRequest(bytes, 'Ping'), 'pingLevel', 0);
}
