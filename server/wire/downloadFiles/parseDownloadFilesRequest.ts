import { readCookieFields } from '../getCookie/cookieFields.js';
import { malformed } from '../malformed.js';
import { readRequest } from '../soap/readPayload.js';
import { childOf } from '../xml/childOf.js';
import { childrenOf } from '../xml/childrenOf.js';
import type { DownloadFilesRequest } from './DownloadFilesRequest.js';

/** Reads DownloadFiles (MS-WSUSSS 3.1.4.11). */
export function parseDownloadFilesRequest(bytes: Uint8Array): DownloadFilesRequest {
  const request = readRequest(bytes, 'DownloadFiles');
  const list = childOf(request, 'fileDigestList');
  if (list === undefined) throw malformed('fileDigestList', 'it is missing');
  return {
    cookie: readCookieFields(childOf(request, 'cookie')),
    digests: childrenOf(list, 'base64Binary').map((digest) => digest.text.trim()),
  };
}
