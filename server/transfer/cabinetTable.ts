import { readCabinetHeader } from '../cabinet/header.js';
import { PackageError } from './package.js';

/** How the blocks of a folder are packed. */
export const COMPRESSION = { none: 0, mszip: 1, quantum: 2, lzx: 3 } as const;

/** CFFOLDER: where its blocks begin, how many there are, how they are packed. */
interface CabinetFolder {
  readonly start: number;
  readonly blocks: number;
  readonly compression: number;
}

/** CFFILE: a member and where it lies in the unpacked folder. */
export interface CabinetEntry {
  readonly name: string;
  readonly size: number;
  readonly offset: number;
  readonly folder: number;
}

/** What stands before the data of a cabinet. */
export interface CabinetTable {
  readonly folders: readonly CabinetFolder[];
  readonly members: readonly CabinetEntry[];
  /** Reserved bytes in the header of each block. */
  readonly blockReserve: number;
}

/** So much of a cabinet is looked at for its table. */
export const TABLE_BYTES = 256 * 1024;

const FIXED_HEADER = 36;
const FOLDER_SIZE = 8;
const ENTRY_SIZE = 16;
const RESERVE_FLAG = 4;
const MAX_MEMBERS = 16;
const MAX_NAME = 255;

/**
 * Reads header, folders and members (wsus-protocol section 1.8) from the beginning of a cabinet of that size. @throws
 * PackageError, CabinetError
 */
export function readCabinetTable(head: Buffer, fileSize: number): CabinetTable {
  const { members } = readCabinetHeader(head, fileSize);
  if (members > MAX_MEMBERS) throw new PackageError(`it has ${members} members`);
  const hasReserve = (head.readUInt16LE(30) & RESERVE_FLAG) !== 0;
  const reserve = hasReserve
    ? { folder: byteAt(head, 38), block: byteAt(head, 39), end: 40 + head.readUInt16LE(36) }
    : { folder: 0, block: 0, end: FIXED_HEADER };
  return { folders: foldersOf(head, reserve), members: membersOf(head, members), blockReserve: reserve.block };
}

function foldersOf(head: Buffer, reserve: { folder: number; end: number }): CabinetFolder[] {
  const size = FOLDER_SIZE + reserve.folder;
  const count = head.readUInt16LE(26);
  if (reserve.end + count * size > head.length) throw new PackageError('its folders are outside the file');
  return Array.from({ length: count }, (_, index) => {
    const at = reserve.end + index * size;
    return {
      start: head.readUInt32LE(at),
      blocks: head.readUInt16LE(at + 4),
      compression: head.readUInt16LE(at + 6) & 0xf,
    };
  });
}

function membersOf(head: Buffer, count: number): CabinetEntry[] {
  const members: CabinetEntry[] = [];
  let at = head.readUInt32LE(16);
  for (let index = 0; index < count; index += 1) {
    if (at + ENTRY_SIZE > head.length) throw new PackageError('its member table is outside the file');
    const end = head.indexOf(0, at + ENTRY_SIZE);
    if (end < 0 || end - at - ENTRY_SIZE > MAX_NAME) throw new PackageError('a name in its member table is incomplete');
    members.push({
      name: checkedName(head.toString('utf8', at + ENTRY_SIZE, end)),
      size: head.readUInt32LE(at),
      offset: head.readUInt32LE(at + 4),
      folder: head.readUInt16LE(at + 8),
    });
    at = end + 1;
  }
  return members;
}

/** Names a file may be known by; as they stand, and none where the bytes are not a whole table. */
export function cabinetMemberNames(head: Buffer): readonly string[] {
  if (head.length < FIXED_HEADER || head.toString('latin1', 0, 4) !== 'MSCF') return [];
  const names: string[] = [];
  let at = head.readUInt32LE(16);
  for (let left = head.readUInt16LE(28); left > 0 && at + ENTRY_SIZE < head.length; left -= 1) {
    const end = head.indexOf(0, at + ENTRY_SIZE);
    if (end < 0) break;
    names.push(head.toString('utf8', at + ENTRY_SIZE, end));
    at = end + 1;
  }
  return names;
}

/** No member is ever written under its name; one that leads elsewhere is not an export all the same. */
function checkedName(name: string): string {
  if (/[\\/:]|^\.{1,2}$/.test(name))
    throw new PackageError(`its member ${name.slice(0, 80)} points outside the package`);
  return name;
}

function byteAt(head: Buffer, at: number): number {
  return head[at] ?? 0;
}
