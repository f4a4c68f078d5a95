import { parseDownloadFilesRequest } from '../wire/downloadFiles.js';
import { writeEmptyResponse } from '../wire/soap.js';
import type { SoapVersion } from '../wire/soap.js';
import { answered, refused } from './Answer.js';
import type { Answer } from './Answer.js';
import type { ServerContext } from './ServerContext.js';

const MOST_FILES = 100;
const SHA1_BYTES = 20;

/**
 * Asks for files to be fetched (MS-WSUSSS 3.1.4.11). This server keeps none of its own: it names those that nobody can
 * have from it, and a download
 * that cannot be had is no fault there.
 */
export async function answerDownloadFiles(body: Buffer, soap: SoapVersion, context: ServerContext): Promise<Answer> {
  const { digests } = parseDownloadFilesRequest(body);
  if (digests.length > MOST_FILES) return refused('InvalidParameters', 'fileDigestList');
  const missing: string[] = [];
  for (const digest of digests) if (!(await isKnown(Buffer.from(digest, 'base64'), context))) missing.push(digest);
  return missing.length > 0
    ? refused('FileDigestsMissing', missing.join('|'))
    : answered(writeEmptyResponse('DownloadFiles', soap));
}

/**
 * What is no SHA-1 belongs to no file. Which files there are is only looked at where downstream servers were told to
 * ask for them here.
 */
async function isKnown(digest: Buffer, { options }: ServerContext): Promise<boolean> {
  if (digest.length !== SHA1_BYTES) return false;
  if (options.redirectsContent !== true) return true;
  const sha1 = digest.toString('hex');
  return (
    (await options.catalogue.contentFile?.(sha1)) !== undefined ||
    (await options.catalogue.contentAddress?.(sha1)) !== undefined
  );
}
