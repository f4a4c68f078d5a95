import { createHash } from 'node:crypto';

/** Bytes of a record's header: the length and the check sum of its payload. */
export const RECORD_HEADER = 8;

/** The digest of a journal that has its header only. */
export function digestOfHeader(header: Uint8Array): string {
  return createHash('sha256').update(header).digest('hex');
}

/** The digest with one more record: its check sum stands for the payload, whatever form that has. */
export function digestWith(digest: string, record: Uint8Array): string {
  return createHash('sha256').update(digest, 'hex').update(record.subarray(0, RECORD_HEADER)).digest('hex');
}
