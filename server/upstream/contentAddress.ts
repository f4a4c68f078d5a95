import type { ContentFile } from './Source.js';

/** The SHA-1 or SHA-256 of a file as content folders and lists write it: base64 to hexadecimal in upper case. */
export function digestHex(digest: string): string {
  return Buffer.from(digest, 'base64').toString('hex').toUpperCase();
}

/**
 * Where a content file lies below WSUSContent (wsus-protocol section 1.9): `XX/SHA1.ext`, XX being the last two digits
 * of the SHA-1 in hexadecimal.
 */
export function contentFileName(digest: string, fileName: string): string {
  const sha1 = digestHex(digest);
  const extension = /\.(\w{1,8})$/.exec(fileName)?.[1] ?? 'txt';
  return `${sha1.slice(-2)}/${sha1}.${extension}`;
}

/** Where Microsoft keeps content; an upstream may send us there and to itself, nowhere else. */
const MICROSOFT_HOSTS = /(^|\.)(microsoft\.com|windowsupdate\.com)$/i;

/**
 * The address of a file in the content folder of a server (wsus-protocol section 1.9): its SHA-1 in hexadecimal, its
 * own extension.
 */
export function contentAddress(base: URL, file: ContentFile): URL {
  return new URL(`/Content/${contentFileName(file.digest, file.fileName)}`, base);
}

/**
 * The address that an upstream gives for a file, undefined where it leads to a place that an upstream has no business
 * to send us to.
 */
export function trustedAddress(base: URL, text: string): URL | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) return undefined;
  return url.host === base.host || MICROSOFT_HOSTS.test(url.hostname) ? url : undefined;
}
