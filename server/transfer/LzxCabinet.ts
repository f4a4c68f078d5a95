import type { FileHandle } from 'node:fs/promises';
import { CABINET_PIECE_BYTES, CabinetArchive } from '../cabinet/CabinetArchive.js';
import { nextTurn } from '../platform/inTurns.js';
import { memberOf } from './BlockCabinet.js';
import type { CabinetTable } from './cabinetTable.js';
import { PackageError } from './package.js';
import type { PackageFile, PackageMember } from './package.js';

/** Largest cabinet accepted with LZX; it lies in memory, compressed, while it is read. */
const MAX_LZX_BYTES = 1024 * 1024 * 1024;

/** A cabinet as `wsusutil` writes it: LZX is read by libarchive, which wants the packed bytes in memory. */
export class LzxCabinet implements PackageFile {
  readonly format = 'Cabinet';
  readonly #archive: CabinetArchive;
  readonly #size: number;
  readonly #table: CabinetTable;

  private constructor(archive: CabinetArchive, size: number, table: CabinetTable) {
    this.#archive = archive;
    this.#size = size;
    this.#table = table;
  }

  /** Brings the file into memory and closes it. */
  static async load(file: FileHandle, table: CabinetTable): Promise<LzxCabinet> {
    const archive = await CabinetArchive.create();
    const { size } = await file.stat();
    if (size > MAX_LZX_BYTES) throw new PackageError(`it is packed with LZX and larger than ${MAX_LZX_BYTES} bytes`);
    await fill(file, archive.reserve(size));
    await file.close();
    return new LzxCabinet(archive, size, table);
  }

  async *pieces(member: PackageMember): AsyncGenerator<Buffer, void, undefined> {
    const { size } = memberOf(this.#table, member);
    try {
      this.#archive.openReserved(this.#size);
      this.#find(member);
      let total = 0;
      for (let piece = this.#archive.read(); piece.length > 0; piece = this.#archive.read()) {
        total += piece.length;
        yield piece;
        await nextTurn();
      }
      if (total !== size) throw new PackageError(`${member} contains ${total} bytes instead of ${size}`);
    } finally {
      this.#archive.close();
    }
  }

  async close(): Promise<void> {
    this.#archive.close();
    return Promise.resolve();
  }

  #find(member: PackageMember): void {
    for (let entry = this.#archive.next(); entry !== undefined; entry = this.#archive.next()) {
      if (entry.name.toLowerCase() === member) return;
    }
    throw new PackageError(`it has no member ${member}`);
  }
}

async function fill(file: FileHandle, target: Uint8Array): Promise<void> {
  let done = 0;
  while (done < target.length) {
    const { bytesRead } = await file.read(target, done, Math.min(CABINET_PIECE_BYTES, target.length - done), done);
    if (bytesRead === 0) throw new PackageError('it became shorter while it was read');
    done += bytesRead;
  }
}
