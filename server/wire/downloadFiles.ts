import { malformed } from '../xml/malformed.js';
import { fieldsReader, listReader, readWord } from './fields.js';
import { readCookie } from './getCookie.js';
import type { Cookie } from './getCookie.js';
import { readRequest } from './soap.js';

/** What DownloadFiles takes (MS-WSUSSS 3.1.4.11): files by their base64 SHA-1. */
export interface DownloadFilesRequest {
  readonly cookie: Cookie | undefined;
  readonly digests: readonly string[];
}

const readParameters = fieldsReader({ cookie: readCookie, fileDigestList: listReader('base64Binary', readWord) });

/** Reads DownloadFiles (MS-WSUSSS 3.1.4.11). */
export function parseDownloadFilesRequest(bytes: Uint8Array): DownloadFilesRequest {
  const { cookie, fileDigestList: digests } = readRequest(bytes, 'DownloadFiles', readParameters);
  if (digests === undefined) throw malformed('fileDigestList', 'it is missing');
  return { cookie, digests };
}
