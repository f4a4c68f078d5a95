import { openRequest } from '../soap/readRequest.js';
import type { OperationName } from '../soap/operations.js';
import { type ElementReader, fieldsReader } from '../scan/fieldsReader.js';
import { nameBytes } from '../scan/names.js';
import { readWord } from '../scan/readValues.js';
import type { Cookie } from './Cookie.js';

const COOKIE = nameBytes('cookie');

const readFields = fieldsReader({ Expiration: readWord, EncryptedData: readWord });

/** Reads a cookie of a request; undefined where the element is empty. */
export const readCookie: ElementReader<Cookie | undefined> = (cursor, name) => {
  const { Expiration: expiration, EncryptedData: encryptedData } = readFields(cursor, name);
  if (expiration === undefined && encryptedData === undefined) return undefined;
  return { expiration: expiration ?? '', encryptedData: encryptedData ?? '' };
};

/** The cookie of a request alone. It stands first, so nothing behind it is looked at. */
export function peekCookie(bytes: Uint8Array, operation: OperationName): Cookie | undefined {
  const cursor = openRequest(bytes, operation);
  const { depth } = cursor;
  while (cursor.nextChild(depth)) {
    if (cursor.is(COOKIE)) return readCookie(cursor, 'cookie');
    cursor.skip();
  }
  return undefined;
}
