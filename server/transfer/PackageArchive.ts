import fs from 'node:fs';
import { CABINET_PIECE_BYTES, CabinetArchive } from '../metadata/CabinetArchive.js';
import { readCabinetHeader } from '../metadata/cabinetHeader.js';
import { PackageError } from './PackageError.js';

/** Largest package file accepted; it lies in memory, compressed, while it is read. */
const MAX_PACKAGE_BYTES = 1024 * 1024 * 1024;

/** The cabinet of an export, whose members can be read in pieces, again and again. */
export class PackageArchive {
  readonly #archive: CabinetArchive;
  readonly #size: number;

  private constructor(archive: CabinetArchive, size: number) {
    this.#archive = archive;
    this.#size = size;
  }

  /** Brings the file into memory and looks at its header. */
  static async load(path: string): Promise<PackageArchive> {
    const archive = await CabinetArchive.create();
    const descriptor = fs.openSync(path, 'r');
    try {
      const { size } = fs.fstatSync(descriptor);
      if (size > MAX_PACKAGE_BYTES) throw new PackageError(`it is larger than ${MAX_PACKAGE_BYTES} bytes`);
      const target = archive.reserve(size);
      fill(descriptor, target);
      readCabinetHeader(target);
      return new PackageArchive(archive, size);
    } finally {
      fs.closeSync(descriptor);
    }
  }

  /** The member's content in pieces of at most 256 KB, each valid until the next one is asked for. */
  *pieces(member: string): Generator<Buffer, void, undefined> {
    try {
      this.#archive.openReserved(this.#size);
      const declared = this.#find(member);
      let total = 0;
      for (let piece = this.#archive.read(); piece.length > 0; piece = this.#archive.read()) {
        total += piece.length;
        yield piece;
      }
      if (total !== declared) throw new PackageError(`${member} holds ${total} bytes instead of ${declared}`);
    } finally {
      this.#archive.close();
    }
  }

  #find(member: string): number {
    for (let entry = this.#archive.next(); entry !== undefined; entry = this.#archive.next()) {
      if (entry.name.toLowerCase() === member) return entry.size;
    }
    throw new PackageError(`it has no member ${member}`);
  }
}

function fill(descriptor: number, target: Uint8Array): void {
  let done = 0;
  while (done < target.length) {
    const read = fs.readSync(descriptor, target, done, Math.min(CABINET_PIECE_BYTES, target.length - done), null);
    if (read === 0) throw new PackageError('it became shorter while it was read');
    done += read;
  }
}
