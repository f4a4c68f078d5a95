import path from 'node:path';
import zlib from 'node:zlib';
import { SyncError } from '../../errors/SyncError.js';
import { sealFolders } from '../StorePlace.js';
import type { StoreFiles, StorePlace } from '../StorePlace.js';
import { namesIn, readAll, reading } from '../fileCalls.js';

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

/** Where the seal stands that is synced, and the one that every transaction renews without waiting for the disk. */
export const SEAL_SLOTS = { settled: 0, running: 4096 } as const;
/** Bytes of a whole file. */
export const SEAL_FILE = SEAL_SLOTS.running + SEAL_SLOT;

/** A copy of the seal belongs to one engine: another one that is paused can write only to its own. */
export function sealFile(generation: number): string {
  return `seal.${generation}`;
}

/** The generation a file name stands for, or undefined. */
export function parseSealFile(file: string): number | undefined {
  const digits = /^seal\.(\d+)$/.exec(file)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** Every copy of the seal that there is, whole or not. */
export function sealFilesOf(files: StoreFiles, place: StorePlace): string[] {
  return sealFolders(place).flatMap((folder) =>
    namesIn(files, folder)
      .filter((name) => parseSealFile(name) !== undefined)
      .map((name) => path.join(folder, name)),
  );
}

/** The latest seal of one copy; undefined where none can be read. @throws SyncError StoreReadFailed */
function readSealFile(files: StoreFiles, file: string): StoreSeal | undefined {
  return reading(file, () => {
    const descriptor = files.openSync(file, 'r');
    try {
      const slots = Object.values(SEAL_SLOTS).map((position) => {
        const bytes = Buffer.alloc(SEAL_SLOT);
        readAll(files, descriptor, { bytes, position });
        return decodeSeal(bytes);
      });
      return slots.reduce(laterSeal);
    } finally {
      files.closeSync(descriptor);
    }
  });
}

/** What the copies of a site's seal say. */
export interface FoundSeal {
  /** The latest of this site; undefined where no copy can be read. */
  readonly seal: StoreSeal | undefined;
  /** Copies that cannot be read or are of another site. */
  readonly damaged: readonly { readonly path: string; readonly reason: string }[];
  /** The GUID of the site that sealed, where it is another one in every copy that can be read. */
  readonly otherSite: string | undefined;
}

/** Reads every copy of the seal. @throws SyncError StoreReadFailed when none can be read */
export function readSeal(files: StoreFiles, place: StorePlace): FoundSeal {
  const damaged: { path: string; reason: string }[] = [];
  let seal: StoreSeal | undefined;
  let otherSite: string | undefined;
  let failure: SyncError | undefined;
  for (const file of sealFilesOf(files, place)) {
    const read = attempt(files, file);
    if (read instanceof SyncError) failure = read;
    const reason = reasonAgainst(read, place);
    if (reason !== undefined) damaged.push({ path: file, reason });
    else if (!(read instanceof SyncError)) seal = laterSeal(seal, read);
    if (!(read instanceof SyncError) && read !== undefined && read.siteGuid !== place.siteGuid)
      otherSite = read.siteGuid;
  }
  if (seal === undefined && failure !== undefined) throw failure;
  return { seal, damaged, otherSite: seal === undefined ? otherSite : undefined };
}

/** One copy that a disk does not give is not a reason not to take the other. */
function attempt(files: StoreFiles, file: string): StoreSeal | SyncError | undefined {
  try {
    return readSealFile(files, file);
  } catch (error) {
    if (error instanceof SyncError) return error;
    throw error;
  }
}

function reasonAgainst(read: StoreSeal | SyncError | undefined, place: StorePlace): string | undefined {
  if (read === undefined) return 'it does not contain a complete seal';
  if (read instanceof SyncError) return String(read.data['reason']);
  return read.siteGuid === place.siteGuid ? undefined : `it belongs to another site (${read.siteGuid})`;
}
