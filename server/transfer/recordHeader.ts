import type { UpdateIdentity } from '../metadata/UpdateIdentity.js';
import { PackageError } from './PackageError.js';

/** What stands before the XML of a record: `guid,revision,length,` with the numbers as 8 hex digits. */
export interface RecordHeader {
  readonly identity: UpdateIdentity;
  /** Length of the XML in UTF-16 units. */
  readonly units: number;
}

/** Bytes of a record's header. */
export const RECORD_HEADER_BYTES = 55;

const HEADER = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}),([0-9a-f]{8}),([0-9a-f]{8}),$/i;
const MAX_UNITS = 64 * 1024 * 1024;

/** Reads the header of record `number` (counted from 1). */
export function readRecordHeader(bytes: Buffer, number: number): RecordHeader {
  const match = HEADER.exec(bytes.toString('latin1', 0, RECORD_HEADER_BYTES));
  const [, guid, revision, length] = match ?? [];
  if (guid === undefined || revision === undefined || length === undefined)
    throw new PackageError(`record ${number} of metadata.txt has no valid header`);
  const units = Number.parseInt(length, 16);
  if (units > MAX_UNITS) throw new PackageError(`record ${number} of metadata.txt announces ${units} characters`);
  return { identity: { updateId: guid.toLowerCase(), revisionNumber: Number.parseInt(revision, 16) }, units };
}
