import { malformed } from '../malformed.js';
import { soapVersionOf, type SoapVersion } from '../soap/SoapVersion.js';
import { nameBytes } from './names.js';
import type { XmlCursor } from './XmlCursor.js';

const ENVELOPE_NAME = nameBytes('Envelope');
const BODY = nameBytes('Body');

/** What stands in the body of a SOAP message; the cursor is on it. */
export interface Payload {
  readonly soap: SoapVersion;
  readonly name: string;
}

/** Walks a cursor from the start of a SOAP message onto the element in its body. */
export function openPayload(cursor: XmlCursor, what: string): Payload {
  if (!cursor.nextChild(0) || !cursor.is(ENVELOPE_NAME)) throw malformed(what, 'it is not a SOAP envelope');
  const soap = versionOf(cursor.startTag());
  if (soap === undefined) throw malformed(what, 'its envelope is of neither SOAP 1.1 nor 1.2');
  while (cursor.nextChild(1)) {
    if (cursor.is(BODY)) return openBody(cursor, what, soap);
    cursor.skip();
  }
  throw malformed(what, 'it has no SOAP body');
}

function openBody(cursor: XmlCursor, what: string, soap: SoapVersion): Payload {
  if (!cursor.nextChild(2)) throw malformed(what, 'its SOAP body is empty');
  return { soap, name: cursor.name() };
}

/** The version by the namespace that the prefix of the start tag is bound to. */
function versionOf(startTag: string): SoapVersion | undefined {
  const prefix = /^([^\s:>]+):/.exec(startTag)?.[1] ?? '';
  for (const match of startTag.matchAll(/\sxmlns(?::([^\s=]+))?\s*=\s*(?:"([^"]*)"|'([^']*)')/g)) {
    if ((match[1] ?? '') === prefix) return soapVersionOf(match[2] ?? match[3] ?? '');
  }
  return undefined;
}
