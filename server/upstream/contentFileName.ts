import { digestHex } from './digestHex.js';

/**
 * Where a content file lies below WSUSContent (wsus-protocol section 1.9): `XX/SHA1.ext`, XX being the last two digits
 * of the SHA-1 in hexadecimal.
 */
export function contentFileName(digest: string, fileName: string): string {
  const sha1 = digestHex(digest);
  const extension = /\.(\w{1,8})$/.exec(fileName)?.[1] ?? 'txt';
  return `${sha1.slice(-2)}/${sha1}.${extension}`;
}
