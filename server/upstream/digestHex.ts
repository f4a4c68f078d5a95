/** The SHA-1 or SHA-256 of a file as content folders and lists write it: base64 to hexadecimal in upper case. */
export function digestHex(digest: string): string {
  return Buffer.from(digest, 'base64').toString('hex').toUpperCase();
}
