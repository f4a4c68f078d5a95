import { malformed } from '../malformed.js';
import { namespaceOf, type OperationName } from './operations.js';
import { readEnvelope } from './readEnvelope.js';
import type { SoapVersion } from './SoapVersion.js';
import { writeEnvelope } from './writeEnvelope.js';

/**
 * The response of an operation that answers with nothing: DownloadFiles, RollupDownstreamServers (MS-WSUSSS
 * 3.1.4.11.2.2, 3.1.4.14.2.2).
 */
export function writeEmptyResponse(operation: OperationName, soap: SoapVersion): Buffer {
  return writeEnvelope(`<${operation}Response xmlns="${namespaceOf(operation)}"></${operation}Response>`, soap);
}

/** Makes sure that it is that response. */
export function parseEmptyResponse(bytes: Uint8Array, operation: OperationName): void {
  const { payload } = readEnvelope(bytes, operation);
  if (payload.name !== `${operation}Response` || payload.namespace !== namespaceOf(operation))
    throw malformed(operation, `its body holds ${payload.name}`);
}
