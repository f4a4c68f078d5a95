import { parseDownloadFilesRequest } from '../wire/downloadFiles/parseDownloadFilesRequest.js';
import { writeEmptyResponse } from '../wire/soap/emptyResponse.js';
import type { SoapVersion } from '../wire/soap/SoapVersion.js';
import { answered, refused, type Answer } from './Answer.js';
import { checkCookie } from './checkCookie.js';
import type { ServerContext } from './ServerContext.js';

const MOST_FILES = 100;
const SHA1_BYTES = 20;

/**
 * Asks for files to be fetched (MS-WSUSSS 3.1.4.11). This server says that it has the catalogue only, so none is; a download that cannot be had is no
 * fault there. What is no SHA-1 belongs to no file.
 */
export function answerDownloadFiles(body: Buffer, soap: SoapVersion, context: ServerContext): Answer {
  const { cookie, digests } = parseDownloadFilesRequest(body);
  const refusal = checkCookie(cookie, context);
  if (refusal !== undefined) return refusal;
  if (digests.length > MOST_FILES) return refused('InvalidParameters', 'fileDigestList');
  const missing = digests.filter((digest) => Buffer.from(digest, 'base64').length !== SHA1_BYTES);
  return missing.length > 0 ? refused('FileDigestsMissing', missing.join('|')) : answered(writeEmptyResponse('DownloadFiles', soap));
}
