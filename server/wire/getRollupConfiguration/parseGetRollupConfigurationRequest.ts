import { fieldsReader } from '../scan/fieldsReader.js';
import { readRequest } from '../soap/readRequest.js';

/** Reads GetRollupConfiguration; its cookie is a fixed one that says nothing (MS-WSUSSS 3.1.4.13). */
export function parseGetRollupConfigurationRequest(bytes: Uint8Array): void {
  readRequest(bytes, 'GetRollupConfiguration', fieldsReader({}));
}
