import { fieldsReader } from '../scan/fieldsReader.js';
import { listReader } from '../scan/listReader.js';
import { readText, readWord } from '../scan/readValues.js';
import { readRequest } from '../soap/readRequest.js';
import type { AuthorizationRequest } from './AuthorizationRequest.js';

const readParameters = fieldsReader({
  accountName: readText,
  accountGuid: readText,
  programKeys: listReader('guid', readWord),
});

/** Reads who asks for authorization (MS-WSUSSS 3.2.4.1). */
export function parseGetAuthorizationCookieRequest(bytes: Uint8Array): AuthorizationRequest {
  const {
    accountName = '',
    accountGuid = '',
    programKeys = [],
  } = readRequest(bytes, 'GetAuthorizationCookie', readParameters);
  return { accountName, accountGuid, programKeys };
}
