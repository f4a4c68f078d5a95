import { malformed } from '../malformed.js';
import { soapVersionOf, type SoapVersion } from '../soap/SoapVersion.js';
import { namespaceOfTag } from './namespaceOfTag.js';
import { nameBytes } from './names.js';
import type { XmlCursor } from './XmlCursor.js';

const ENVELOPE_NAME = nameBytes('Envelope');
const BODY = nameBytes('Body');

/** What stands in the body of a SOAP message; the cursor is on it. */
export interface Payload {
  readonly soap: SoapVersion;
  readonly name: string;
  readonly namespace: string;
}

/** Walks a cursor from the start of a SOAP message onto the element in its body. */
export function openPayload(cursor: XmlCursor, what: string): Payload {
  if (!cursor.nextChild(0) || !cursor.is(ENVELOPE_NAME)) throw malformed(what, 'it is not a SOAP envelope');
  const envelope = cursor.startTag();
  const soap = soapVersionOf(namespaceOfTag([envelope]));
  if (soap === undefined) throw malformed(what, 'its envelope is of neither SOAP 1.1 nor 1.2');
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
