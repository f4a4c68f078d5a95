import type { FileHandle } from 'node:fs/promises';
import { SyncError } from '../errors/SyncError.js';
import { MszipStream } from '../cabinet/MszipStream.js';
import { CABINET_BLOCK_BYTES } from '../cabinet/blocks.js';
import type { FolderFiles } from '../platform/files/folderFiles.js';
import { writeWholly } from '../platform/files/writeWholly.js';
import { ROOT_END } from './package.js';
import type { PackageMember, PackageWriter } from './package.js';

/** A member and its unpacked size in bytes. */
interface MemberSize {
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
const HEAD_BYTES = MEMBERS.reduce((sum, name) => sum + ENTRY_SIZE + name.length + 1, TABLE_START);

/**
 * Header, folder and member table of a cabinet with one MSZIP folder (wsus-protocol section 1.8); `size` of the whole
 * file.
 */
function cabinetHead({
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

/** The number of blocks of a folder has 16 bits. */
const MAX_BLOCKS = 0xffff;

/** Blocks that are packed together: half a megabyte. */
const TOGETHER = 16;

/** What one folder holds. */
export const MAX_CABINET_BYTES = MAX_BLOCKS * CABINET_BLOCK_BYTES;

/** The folder's files, and how messages name the file; `maxBlocks` is for tests. */
interface CabinetOptions {
  readonly files: Pick<FolderFiles, 'openHandle'>;
  readonly shownPath: string;
  readonly maxBlocks?: number;
}

/**
 * An MSZIP cabinet of one folder, as `wsusutil import` reads it (wsus-protocol sections 1.8 and 3.5), written front to
 * back with its head at the end.
 */
export class CabinetWriter implements PackageWriter {
  readonly #file: FileHandle;
  readonly #options: Required<CabinetOptions>;
  readonly #members: MemberSize[] = [];
  readonly #block = Buffer.alloc(CABINET_BLOCK_BYTES);
  #filled = 0;
  #blocks = 0;
  readonly #packer = new MszipStream();
  /** Blocks that are packed and written together. */
  #waiting: Buffer[] = [];
  /** Those before them. */
  #writing: Promise<void> = Promise.resolve();
  #position = HEAD_BYTES;

  private constructor(file: FileHandle, options: CabinetOptions) {
    this.#file = file;
    this.#options = { maxBlocks: MAX_BLOCKS, ...options };
  }

  /** Makes the file, which must not be there yet. */
  static async create(path: string, options: CabinetOptions): Promise<CabinetWriter> {
    return new CabinetWriter(await options.files.openHandle(path, 'wx', 0o660), options);
  }

  async begin(member: PackageMember): Promise<void> {
    if (member === 'metadata.txt') await this.write(ROOT_END);
    this.#members.push({ name: member, size: 0 });
  }

  async write(bytes: Uint8Array): Promise<void> {
    const member = this.#members.at(-1);
    if (member === undefined)
      throw new SyncError('InternalError', { where: 'a cabinet', reason: 'no member was begun' });
    member.size += bytes.length;
    for (let at = 0; at < bytes.length;) {
      const part = bytes.subarray(at, at + CABINET_BLOCK_BYTES - this.#filled);
      this.#block.set(part, this.#filled);
      this.#filled += part.length;
      at += part.length;
      if (this.#filled === CABINET_BLOCK_BYTES) this.#endBlock();
      if (this.#waiting.length >= TOGETHER) await this.#flush();
    }
  }

  async finish(): Promise<void> {
    if (this.#filled > 0) this.#endBlock();
    await this.#flush();
    await this.#writing;
    const head = cabinetHead({ members: this.#members, blocks: this.#blocks, size: this.#position });
    await writeWholly(this.#file, head, 0);
    await this.#file.sync();
    this.#packer.close();
    await this.#file.close();
  }

  async abandon(): Promise<void> {
    // What went wrong is known.
    await this.#writing.catch(() => undefined);
    this.#packer.close();
    await this.#file.close();
  }

  #endBlock(): void {
    const plain = Buffer.from(this.#block.subarray(0, this.#filled));
    this.#blocks += 1;
    const { maxBlocks, shownPath } = this.#options;
    if (this.#blocks > maxBlocks)
      throw new SyncError('PackageTooLarge', { path: shownPath, bytes: maxBlocks * CABINET_BLOCK_BYTES });
    this.#waiting.push(plain);
    this.#filled = 0;
  }

  /** Has what waits packed and written, and waits for those before it alone. */
  async #flush(): Promise<void> {
    const blocks = this.#waiting.map(async (plain) => this.#packer.pack(plain));
    this.#waiting = [];
    const before = this.#writing;
    this.#writing = this.#writeAll(blocks, before);
    this.#writing.catch(() => undefined); // told by whoever waits for the next ones
    await before;
  }

  async #writeAll(blocks: readonly Promise<Buffer>[], before: Promise<void>): Promise<void> {
    const bytes = Buffer.concat(await Promise.all(blocks));
    await before;
    await writeWholly(this.#file, bytes, this.#position);
    this.#position += bytes.length;
  }
}
