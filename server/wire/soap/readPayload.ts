import { malformed } from '../malformed.js';
import { childOf } from '../xml/childOf.js';
import type { XmlElement } from '../xml/XmlElement.js';
import { namespaceOf, type OperationName } from './operations.js';
import { readEnvelope } from './readEnvelope.js';

/** The element of a request's parameters; its children carry the operation's namespace. */
export function readRequest(bytes: Uint8Array, operation: OperationName): XmlElement {
  return readNamed(bytes, operation, operation);
}

/** The result element of a response, undefined where the server left it out (minOccurs 0). */
export function readResult(bytes: Uint8Array, operation: OperationName): XmlElement | undefined {
  return childOf(readNamed(bytes, operation, `${operation}Response`), `${operation}Result`);
}

function readNamed(bytes: Uint8Array, operation: OperationName, name: string): XmlElement {
  const { payload } = readEnvelope(bytes, operation);
  if (payload.name === name && payload.namespace === namespaceOf(operation)) return payload;
  throw malformed(operation, `its body holds ${payload.name} of ${payload.namespace || 'no namespace'}`);
}
