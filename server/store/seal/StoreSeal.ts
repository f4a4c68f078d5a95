import zlib from 'node:zlib';

/** How far a journal is acknowledged: its bytes, and the digest of its header and of every transaction in them. */
export interface JournalPosition {
  readonly generation: number;
  readonly sequence: number;
  readonly length: number;
  /** SHA-256, hexadecimal. */
  readonly digest: string;
}

/**
 * What was known to be on the disk when it was written. It stands apart from the database, which can be shortened,
 * emptied or exchanged so that nothing in it tells.
 */
export interface StoreSeal {
  readonly siteGuid: string;
  /** Up to where the database is acknowledged; null before its first journal. */
  readonly position: JournalPosition | null;
  /** The highest id that a stored revision ever had: how many documents were known. */
  readonly highestDocument: number;
}

const MAGIC = 'CMSEAL01';
/** One sector: a disk writes it as a whole. */
export const SEAL_SLOT = 512;

/** A seal as it stands in its slot: magic, CRC-32, JSON, blanks; readable for people too. */
export function encodeSeal(seal: StoreSeal): Buffer {
  const json = JSON.stringify(seal);
  const slot = Buffer.alloc(SEAL_SLOT, ' ');
  slot.write(`${MAGIC} ${checkSum(json)} ${json}`, 'utf8');
  slot.write('\n', SEAL_SLOT - 1);
  return slot;
}

/** The seal of a slot; undefined for one that was never written, or not as a whole. */
export function decodeSeal(slot: Buffer): StoreSeal | undefined {
  const [, sum, json = ''] = /^CMSEAL01 ([0-9a-f]{8}) (\{.*\}) *\n$/.exec(slot.toString('utf8')) ?? [];
  return sum === checkSum(json) ? (JSON.parse(json) as StoreSeal) : undefined;
}

/** The later of two seals. */
export function laterSeal(a: StoreSeal | undefined, b: StoreSeal | undefined): StoreSeal | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return comparePositions(a.position, b.position) >= 0 ? a : b;
}

function comparePositions(a: JournalPosition | null, b: JournalPosition | null): number {
  if (a === null || b === null) return +(a !== null) - +(b !== null);
  return a.generation - b.generation || a.sequence - b.sequence || a.length - b.length;
}

function checkSum(json: string): string {
  return zlib.crc32(json).toString(16).padStart(8, '0');
}
