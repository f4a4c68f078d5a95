import { namespaceOfTag, XmlCursor } from '../xml/XmlCursor.js';
import { malformed } from '../xml/malformed.js';
import { nameBytes } from '../xml/names.js';
import { soapVersionOf } from './operations.js';
import type { OperationName, SoapVersion } from './operations.js';

const ENVELOPE_NAME = nameBytes('Envelope');
const BODY = nameBytes('Body');

/** What stands in the body of a SOAP message; the cursor is on it. */
interface Payload {
  readonly soap: SoapVersion;
  readonly name: string;
  readonly namespace: string;
}

/** Walks a cursor from the start of a SOAP message onto the element in its body. */
export function openPayload(cursor: XmlCursor, what: string): Payload {
  if (!cursor.nextChild(0) || !cursor.is(ENVELOPE_NAME)) throw malformed(what, 'it is not a SOAP envelope');
  const envelope = cursor.startTag();
  const soap = soapVersionOf(namespaceOfTag([envelope]));
  if (soap === undefined) throw malformed(what, 'its envelope is not SOAP 1.1 or 1.2');
  while (cursor.nextChild(1)) {
    if (cursor.is(BODY)) return openBody(cursor, what, { soap, envelope });
    cursor.skip();
  }
  throw malformed(what, 'it has no SOAP body');
}

function openBody(
  cursor: XmlCursor,
  what: string,
  { soap, envelope }: { readonly soap: SoapVersion; readonly envelope: string },
): Payload {
  const body = cursor.startTag();
  if (!cursor.nextChild(2)) throw malformed(what, 'its SOAP body is empty');
  return { soap, name: cursor.name(), namespace: namespaceOfTag([envelope, body, cursor.startTag()]) };
}

/** Walks a cursor onto the result element of a response; false where the server left the result out (minOccurs 0). */
export function openResult(cursor: XmlCursor, operation: OperationName): boolean {
  const { name } = openPayload(cursor, operation);
  if (name !== `${operation}Response`) throw malformed(operation, `its body contains ${name}`);
  const { depth } = cursor;
  const result = nameBytes(`${operation}Result`);
  while (cursor.nextChild(depth)) {
    if (cursor.is(result)) return true;
    cursor.skip();
  }
  return false;
}

/** Version of SOAP and the element in the body, without reading further: what a server routes by. */
export function peekPayload(bytes: Uint8Array): Payload {
  return openPayload(new XmlCursor(bytes, 'request'), 'request');
}
