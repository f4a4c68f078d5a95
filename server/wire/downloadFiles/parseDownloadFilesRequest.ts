import { readCookie } from '../getCookie/readCookie.js';
import { malformed } from '../malformed.js';
import { fieldsReader } from '../scan/fieldsReader.js';
import { listReader } from '../scan/listReader.js';
import { readWord } from '../scan/readValues.js';
import { readRequest } from '../soap/readRequest.js';
import type { DownloadFilesRequest } from './DownloadFilesRequest.js';

const readParameters = fieldsReader({ cookie: readCookie, fileDigestList: listReader('base64Binary', readWord) });

/** Reads DownloadFiles (MS-WSUSSS 3.1.4.11). */
export function parseDownloadFilesRequest(bytes: Uint8Array): DownloadFilesRequest {
  const { cookie, fileDigestList: digests } = readRequest(bytes, 'DownloadFiles', readParameters);
  if (digests === undefined) throw malformed('fileDigestList', 'it is missing');
  return { cookie, digests };
}
