import { fieldsReader } from '../scan/fieldsReader.js';
import { readRequest } from '../soap/readRequest.js';

/** Checks that the bytes are a GetAuthConfig request, which has no parameters (MS-WSUSSS 3.1.4.1). */
export function parseGetAuthConfigRequest(bytes: Uint8Array): void {
  readRequest(bytes, 'GetAuthConfig', fieldsReader({}));
}
