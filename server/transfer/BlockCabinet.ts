import type { FileHandle } from 'node:fs/promises';
import { inflateRawSync } from 'node:zlib';
import { reasonOf } from '../errors/SyncError.js';
import { CABINET_BLOCK_BYTES, cabinetChecksum } from '../cabinet/blocks.js';
import { COMPRESSION } from './cabinetTable.js';
import type { CabinetEntry, CabinetTable } from './cabinetTable.js';
import { PackageError } from './package.js';
import type { PackageFile, PackageMember } from './package.js';

/** Unpacks the blocks (CFDATA) of one folder in their order, MSZIP or stored; each may refer to the one before. */
class BlockUnpacker {
  readonly #isPacked: boolean;
  #previous: Buffer | undefined;

  constructor(compression: number) {
    this.#isPacked = compression === COMPRESSION.mszip;
  }

  /** `sizes`: the cbData and cbUncomp fields as they stand in the header, after `checksum`. */
  unpack(header: Buffer, body: Buffer): Buffer {
    const checksum = header.readUInt32LE(0);
    const size = header.readUInt16LE(6);
    if (size > CABINET_BLOCK_BYTES) throw new PackageError('one of its blocks is too large');
    // The check sum covers what stands behind it: the rest of the header, then the data.
    if (checksum !== 0 && cabinetChecksum(header.subarray(4), cabinetChecksum(body)) !== checksum)
      throw new PackageError('a checksum does not match: it is damaged');
    const plain = this.#isPacked ? this.#inflate(body, size) : Buffer.from(body);
    if (plain.length !== size) throw new PackageError('a block does not have the size that it announces');
    this.#previous = plain;
    return plain;
  }

  #inflate(body: Buffer, size: number): Buffer {
    if (body[0] !== 0x43 || body[1] !== 0x4b) throw new PackageError('one of its blocks is not an MSZIP block');
    const dictionary = this.#previous;
    try {
      return inflateRawSync(body.subarray(2), {
        maxOutputLength: Math.max(1, size),
        // Room for one byte more: zlib sees at once that nothing follows.
        chunkSize: CABINET_BLOCK_BYTES + 64,
        dictionary,
      });
    } catch (error) {
      throw new PackageError(`one of its blocks cannot be unpacked: ${reasonOf(error)}`, { cause: error });
    }
  }
}

const WINDOW_BYTES = 256 * 1024;

/** Reads a file front to back in large pieces, whatever small ones are asked for. */
class FileWindow {
  readonly #file: FileHandle;
  #window: Buffer = Buffer.alloc(0);
  #start = 0;

  constructor(file: FileHandle) {
    this.#file = file;
  }

  /** Exactly these bytes, valid until the next call. @throws PackageError when the file is shorter */
  async bytes(position: number, length: number): Promise<Buffer> {
    if (position < this.#start || position + length > this.#start + this.#window.length)
      await this.#load(position, length);
    const at = position - this.#start;
    if (at + length > this.#window.length) throw new PackageError('it is truncated');
    return this.#window.subarray(at, at + length);
  }

  async #load(position: number, length: number): Promise<void> {
    const window = Buffer.allocUnsafe(Math.max(WINDOW_BYTES, length));
    let filled = 0;
    while (filled < window.length) {
      const { bytesRead } = await this.#file.read(window, filled, window.length - filled, position + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    this.#window = window.subarray(0, filled);
    this.#start = position;
  }
}

const BLOCK_HEADER = 8;

/** A cabinet whose folders are MSZIP or stored: read front to back, one block in memory. */
export class BlockCabinet implements PackageFile {
  readonly format = 'Cabinet';
  readonly #file: FileHandle;
  readonly #table: CabinetTable;

  constructor(file: FileHandle, table: CabinetTable) {
    this.#file = file;
    this.#table = table;
  }

  async *pieces(member: PackageMember): AsyncGenerator<Buffer, void, undefined> {
    const entry = memberOf(this.#table, member);
    let at = 0;
    for await (const plain of this.#blocks(entry)) {
      const from = Math.max(0, entry.offset - at);
      const to = Math.min(plain.length, entry.offset + entry.size - at);
      if (to > from) yield plain.subarray(from, to);
      at += plain.length;
      if (at >= entry.offset + entry.size) return;
    }
    throw new PackageError(`${member} is incomplete`);
  }

  async close(): Promise<void> {
    await this.#file.close();
  }

  async *#blocks(entry: CabinetEntry): AsyncGenerator<Buffer, void, undefined> {
    const folder = this.#table.folders[entry.folder];
    if (folder === undefined) throw new PackageError(`${entry.name} lies in a folder that is not there`);
    const unpacker = new BlockUnpacker(folder.compression);
    const window = new FileWindow(this.#file);
    let position = folder.start;
    for (let block = 0; block < folder.blocks; block += 1) {
      const header = Buffer.from(await window.bytes(position, BLOCK_HEADER + this.#table.blockReserve));
      const packed = header.readUInt16LE(4);
      yield unpacker.unpack(header, await window.bytes(position + header.length, packed));
      position += header.length + packed;
    }
  }
}

const SHOWN_MEMBERS = 5;

/** The entry of a member. @throws PackageError when there is none */
export function memberOf(table: CabinetTable, member: PackageMember): CabinetEntry {
  const found = table.members.filter((entry) => entry.name.toLowerCase() === member);
  const [entry] = found;
  if (entry === undefined) {
    const names = table.members.slice(0, SHOWN_MEMBERS).map(({ name }) => name);
    throw new PackageError(`it has no member ${member}, only ${names.join(', ')}`);
  }
  if (found.length > 1) throw new PackageError(`it has two members ${member}`);
  return entry;
}
