import { malformed } from '../malformed.js';
import type { OperationName } from '../soap/operations.js';
import { nameBytes } from './names.js';
import { openPayload } from './openPayload.js';
import type { XmlCursor } from './XmlCursor.js';

/** Walks a cursor onto the result element of a response; false where the server left the result out (minOccurs 0). */
export function openResult(cursor: XmlCursor, operation: OperationName): boolean {
  const { name } = openPayload(cursor, operation);
  if (name !== `${operation}Response`) throw malformed(operation, `its body holds ${name}`);
  const { depth } = cursor;
  const result = nameBytes(`${operation}Result`);
  while (cursor.nextChild(depth)) {
    if (cursor.is(result)) return true;
    cursor.skip();
  }
  return false;
}
