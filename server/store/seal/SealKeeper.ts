import path from 'node:path';
import { reasonOf, SyncError } from '../../errors/SyncError.js';
import { removeAfterFailure, removeUnlessHeld } from '../../platform/files/heldFiles.js';
import { sealFolders } from '../StorePlace.js';
import type { StoreFiles, StorePlace } from '../StorePlace.js';
import { createFile, writeAll, writing } from '../fileCalls.js';
import { encodeSeal, parseSealFile, SEAL_FILE, SEAL_SLOTS, sealFile, sealFilesOf } from './sealFile.js';
import type { JournalPosition, StoreSeal } from './sealFile.js';

interface Copy {
  readonly file: string;
  /** Undefined while there is no file that could be written. */
  descriptor: number | undefined;
}

/** What keeping a seal needs. */
interface SealKeeperOptions {
  readonly files: StoreFiles;
  readonly place: StorePlace;
  /** Of the engine: the copies are its own. */
  readonly generation: number;
  readonly report: (line: string) => void;
  readonly platform?: NodeJS.Platform;
}

/** Writes the seal of a site: two copies, each with a synced seal and one that is as new as the last transaction. */
export class SealKeeper {
  readonly #options: SealKeeperOptions;
  readonly #copies: readonly Copy[];
  #isFailing = false;

  private constructor(options: SealKeeperOptions, copies: readonly Copy[]) {
    this.#options = options;
    this.#copies = copies;
  }

  /** Creates both copies; durable on return. Copies of other engines stay. @throws SyncError StoreWriteFailed */
  static create(options: SealKeeperOptions, seal: Omit<StoreSeal, 'siteGuid'>): SealKeeper {
    const copies: Copy[] = [];
    try {
      for (const folder of sealFolders(options.place)) {
        const file = path.join(folder, sealFile(options.generation));
        copies.push({ file, descriptor: createCopy(options, file, seal) });
      }
    } catch (error) {
      for (const copy of copies) {
        closeCopy(options.files, copy);
        removeAfterFailure(options.files, copy.file);
      }
      throw error;
    }
    return new SealKeeper(options, copies);
  }

  /** Notes what was just acknowledged, without a sync: that costs nothing, and a kill loses nothing of it. */
  note(position: JournalPosition, highestDocument: number): void {
    const bytes = this.#encode(position, highestDocument);
    try {
      for (const copy of this.#copies)
        write(this.#options.files, copy, { bytes, position: SEAL_SLOTS.running, isSynced: false });
      this.#isFailing = false;
    } catch (error) {
      // What it says is on the disk already: the transaction counts without it.
      if (!this.#isFailing) this.#options.report(`The seal of the site could not be renewed: ${reasonOf(error)}.`);
      this.#isFailing = true;
    }
  }

  /** The same, durable on return, in one copy after the other. @throws SyncError StoreWriteFailed */
  settle(position: JournalPosition, highestDocument: number): void {
    const bytes = this.#encode(position, highestDocument);
    for (const copy of this.#copies)
      write(this.#options.files, copy, { bytes, position: SEAL_SLOTS.settled, isSynced: true });
  }

  /** Writes every copy again, one after the other, whatever became of the files. @throws SyncError StoreWriteFailed */
  renew(position: JournalPosition, highestDocument: number): void {
    for (const copy of this.#copies) writing(copy.file, () => this.#renewCopy(copy, { position, highestDocument }));
    this.removeOlder();
  }

  /** One that somebody holds on Windows is written over: the other copy is whole meanwhile, as is its other slot. */
  #renewCopy(copy: Copy, seal: { position: JournalPosition; highestDocument: number }): void {
    const { files, platform } = this.#options;
    if (removeUnlessHeld(files, copy.file, platform)) {
      closeCopy(files, copy);
      copy.descriptor = createCopy(this.#options, copy.file, seal);
      return;
    }
    copy.descriptor ??= files.openSync(copy.file, 'r+');
    const bytes = this.#encode(seal.position, seal.highestDocument);
    write(files, copy, { bytes, position: SEAL_SLOTS.settled, isSynced: true });
  }

  /** Removes the copies of earlier engines: what they say is known to these. Those of a later one are none of ours. */
  removeOlder(): void {
    const { files, place, generation, report } = this.#options;
    for (const file of sealFilesOf(files, place)) {
      if ((parseSealFile(path.basename(file)) ?? generation) >= generation) continue;
      try {
        files.rmSync(file, { force: true });
      } catch (error) {
        report(`${file}, an earlier copy of the seal, could not be removed: ${reasonOf(error)}.`);
      }
    }
  }

  close(): void {
    for (const copy of this.#copies) closeCopy(this.#options.files, copy);
  }

  #encode(position: JournalPosition, highestDocument: number): Buffer {
    return encodeSeal({ siteGuid: this.#options.place.siteGuid, position, highestDocument });
  }
}

function createCopy({ files, place }: SealKeeperOptions, file: string, seal: Omit<StoreSeal, 'siteGuid'>): number {
  const bytes = Buffer.alloc(SEAL_FILE);
  encodeSeal({ ...seal, siteGuid: place.siteGuid }).copy(bytes, SEAL_SLOTS.settled);
  return createFile(files, file, bytes);
}

function closeCopy(files: StoreFiles, copy: Copy): void {
  const { descriptor } = copy;
  // Its number may be another file's from now on.
  copy.descriptor = undefined;
  if (descriptor !== undefined) files.closeSync(descriptor);
}

function write(
  files: StoreFiles,
  { file, descriptor }: Copy,
  what: { bytes: Buffer; position: number; isSynced: boolean },
): void {
  if (descriptor === undefined) throw new SyncError('StoreWriteFailed', { path: file, reason: 'it could not be made' });
  writing(file, () => {
    writeAll(files, descriptor, what);
    if (what.isSynced) files.fdatasyncSync(descriptor);
  });
}
