import { malformed } from '../malformed.js';
import { childOf } from '../xml/childOf.js';
import type { XmlElement } from '../xml/XmlElement.js';
import { namespaceOf, type OperationName } from './operations.js';
import { readEnvelope } from './readEnvelope.js';

/** The result element of a response, undefined where the server left it out (minOccurs 0). */
export function readResult(bytes: Uint8Array, operation: OperationName): XmlElement | undefined {
  const { payload } = readEnvelope(bytes, operation);
  if (payload.name === `${operation}Response` && payload.namespace === namespaceOf(operation))
    return childOf(payload, `${operation}Result`);
  throw malformed(operation, `its body holds ${payload.name} of ${payload.namespace || 'no namespace'}`);
}
