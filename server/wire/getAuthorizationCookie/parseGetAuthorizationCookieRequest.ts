import { childOf } from '../xml/childOf.js';
import { textOf } from '../xml/textOf.js';
import { readRequest } from '../soap/readPayload.js';
import type { AuthorizationRequest } from './AuthorizationRequest.js';

/** Reads who asks for authorization (MS-WSUSSS 3.2.4.1). */
export function parseGetAuthorizationCookieRequest(bytes: Uint8Array): AuthorizationRequest {
  const request = readRequest(bytes, 'GetAuthorizationCookie');
  // The items of programKeys may stand in the namespace of the guid type, so only their local name counts.
  const keys = childOf(request, 'programKeys')?.children.filter((child) => child.name === 'guid') ?? [];
  return {
    accountName: textOf(request, 'accountName'),
    accountGuid: textOf(request, 'accountGuid'),
    programKeys: keys.map((key) => key.text.trim()),
  };
}
