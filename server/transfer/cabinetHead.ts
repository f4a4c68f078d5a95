import type { PackageMember } from './PackageFile.js';

/** A member and its unpacked size in bytes. */
export interface MemberSize {
  readonly name: PackageMember;
  size: number;
}

const MEMBERS: readonly PackageMember[] = ['package.xml', 'metadata.txt'];
const HEADER_SIZE = 36;
const FOLDER_SIZE = 8;
const ENTRY_SIZE = 16;
const TABLE_START = HEADER_SIZE + FOLDER_SIZE;
const MSZIP = 1;
const ARCHIVE_ATTRIBUTE = 0x20;
// 1980-01-01, the first day a cabinet can name: the same catalogue gives the same cabinet.
const FIRST_DATE = 0x21;

/** Length of the head in bytes; the names of the members are known before their sizes. */
export const HEAD_BYTES = MEMBERS.reduce((sum, name) => sum + ENTRY_SIZE + name.length + 1, TABLE_START);

/**
 * Header, folder and member table of a cabinet with one MSZIP folder (wsus-protocol section 1.8); `size` of the whole
 * file.
 */
export function cabinetHead({
  members,
  blocks,
  size,
}: {
  members: readonly MemberSize[];
  blocks: number;
  size: number;
}): Buffer {
  const head = Buffer.alloc(HEAD_BYTES);
  head.write('MSCF', 0, 'latin1');
  head.writeUInt32LE(size, 8);
  head.writeUInt32LE(TABLE_START, 16);
  head.writeUInt8(3, 24);
  head.writeUInt8(1, 25);
  head.writeUInt16LE(1, 26);
  head.writeUInt16LE(members.length, 28);
  head.writeUInt32LE(HEAD_BYTES, HEADER_SIZE);
  head.writeUInt16LE(blocks, HEADER_SIZE + 4);
  head.writeUInt16LE(MSZIP, HEADER_SIZE + 6);
  writeEntries(head, members);
  return head;
}

function writeEntries(head: Buffer, members: readonly MemberSize[]): void {
  let at = TABLE_START;
  let offset = 0;
  for (const { name, size } of members) {
    head.writeUInt32LE(size, at);
    head.writeUInt32LE(offset, at + 4);
    head.writeUInt16LE(FIRST_DATE, at + 10);
    head.writeUInt16LE(ARCHIVE_ATTRIBUTE, at + 14);
    head.write(name, at + ENTRY_SIZE, 'latin1');
    at += ENTRY_SIZE + name.length + 1;
    offset += size;
  }
}
