import { createHash } from 'node:crypto';

/** What is kept of a random secret: its SHA-256, hexadecimal. */
export function secretHash(secret: string): string {
  return createHash('sha256').update(secret, 'utf8').digest('hex');
}
