import { openPayload, type Payload } from './openPayload.js';
import { XmlCursor } from './XmlCursor.js';

/** SOAP version and name of the element in the body, without reading further: what a server routes by. */
export function peekPayload(bytes: Uint8Array): Payload {
  return openPayload(new XmlCursor(bytes, 'request'), 'request');
}
