import { malformed } from '../malformed.js';
import type { ElementReader } from '../scan/fieldsReader.js';
import { openPayload } from '../scan/openPayload.js';
import { XmlCursor } from '../scan/XmlCursor.js';
import { namespaceOf, type OperationName } from './operations.js';

/** Reads the parameters of a request in one walk over its bytes; no tree is made of it. */
export function readRequest<Parameters>(
  bytes: Uint8Array,
  operation: OperationName,
  read: ElementReader<Parameters>,
): Parameters {
  const cursor = openRequest(bytes, operation);
  const parameters = read(cursor, operation);
  cursor.expectEnd();
  return parameters;
}

/** A cursor on the element of a request's parameters. */
export function openRequest(bytes: Uint8Array, operation: OperationName): XmlCursor {
  const cursor = new XmlCursor(bytes, operation);
  const { name, namespace } = openPayload(cursor, operation);
  if (name === operation && namespace === namespaceOf(operation)) return cursor;
  throw malformed(operation, `its body holds ${name} of ${namespace || 'no namespace'}`);
}
