import { cookieElement } from '../getCookie/cookieFields.js';
import type { SoapVersion } from '../soap/SoapVersion.js';
import { writeRequest } from '../soap/writePayload.js';
import { element } from '../xml/element.js';
import { wrapped } from '../xml/wrapped.js';
import type { DownloadFilesRequest } from './DownloadFilesRequest.js';

/** Writes DownloadFiles (MS-WSUSSS 3.1.4.11). */
export function writeDownloadFilesRequest({ cookie, digests }: DownloadFilesRequest, soap: SoapVersion): Buffer {
  return writeRequest(
    'DownloadFiles',
    cookieElement(cookie) +
      wrapped(
        'fileDigestList',
        digests.map((digest) => element('base64Binary', digest)),
      ),
    soap,
  );
}
