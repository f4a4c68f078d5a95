import { openPayload, type Payload } from './openPayload.js';
import { XmlCursor } from './XmlCursor.js';

/** Version of SOAP and the element in the body, without reading further: what a server routes by. */
export function peekPayload(bytes: Uint8Array): Payload {
  return openPayload(new XmlCursor(bytes, 'request'), 'request');
}
