import type { UpdateIdentity } from '../../metadata/UpdateIdentity.js';
import type { Cookie } from '../getCookie/Cookie.js';
import { malformed } from '../malformed.js';
import { nameBytes } from '../scan/names.js';
import { openPayload } from '../scan/openPayload.js';
import { readIdentityList } from '../scan/readIdentityList.js';
import { XmlCursor } from '../scan/XmlCursor.js';
import type { UpdateDataRequest } from './UpdateDataRequest.js';

const COOKIE = nameBytes('cookie');
const UPDATE_IDS = nameBytes('updateIds');
const EXPIRATION = nameBytes('Expiration');
const ENCRYPTED_DATA = nameBytes('EncryptedData');
const MAXIMUM_IDENTITIES = 100_000;

/** Reads GetUpdateData with the byte scanner, since a server answers hundreds a second (MS-WSUSSS 3.1.4.5). */
export function parseGetUpdateDataRequest(bytes: Uint8Array): UpdateDataRequest {
  const cursor = new XmlCursor(bytes, 'GetUpdateData');
  const { name } = openPayload(cursor, 'GetUpdateData');
  if (name !== 'GetUpdateData') throw malformed('GetUpdateData', `its body holds ${name}`);
  const { depth } = cursor;
  let cookie: Cookie | undefined;
  let identities: UpdateIdentity[] | undefined;
  while (cursor.nextChild(depth)) {
    if (cursor.is(COOKIE)) cookie = readCookie(cursor);
    else if (cursor.is(UPDATE_IDS)) identities = readIdentityList(cursor, MAXIMUM_IDENTITIES);
    else cursor.skip();
  }
  cursor.expectEnd();
  if (identities === undefined) throw malformed('updateIds', 'it is missing');
  return { cookie, identities };
}

function readCookie(cursor: XmlCursor): Cookie {
  const { depth } = cursor;
  let expiration = '';
  let encryptedData = '';
  while (cursor.nextChild(depth)) {
    if (cursor.is(EXPIRATION)) expiration = cursor.plainText();
    else if (cursor.is(ENCRYPTED_DATA)) encryptedData = cursor.plainText();
    else cursor.skip();
  }
  return { expiration, encryptedData };
}
