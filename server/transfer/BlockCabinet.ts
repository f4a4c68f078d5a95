import type { FileHandle } from 'node:fs/promises';
import { BlockUnpacker } from './BlockUnpacker.js';
import type { CabinetEntry, CabinetTable } from './cabinetTable.js';
import { FileWindow } from './FileWindow.js';
import { PackageError } from './PackageError.js';
import type { PackageFile, PackageMember } from './PackageFile.js';

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
    throw new PackageError(`${member} is not whole`);
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

/** The entry of a member. @throws PackageError when there is none */
export function memberOf(table: CabinetTable, member: PackageMember): CabinetEntry {
  const found = table.members.filter((entry) => entry.name.toLowerCase() === member);
  const [entry] = found;
  if (entry === undefined) throw new PackageError(`it has no member ${member}`);
  if (found.length > 1) throw new PackageError(`it has two members ${member}`);
  return entry;
}
