import path from 'node:path';
import { removeAfterFailure } from '../../platform/files/heldFiles.js';
import { finishFile, writing } from '../fileCalls.js';
import { Journal } from './Journal.js';
import type { JournalFolder } from './Journal.js';
import { digestOfHeader, journalFile, writeHeader } from './journalFile.js';
import type { JournalHeader, JournalName } from './journalFile.js';

/**
 * The first journal of an engine, empty: its name is there before the engine reads what others have written. Whoever
 * writes afterwards sees it before he acknowledges anything.
 */
export class GenerationClaim {
  readonly #place: JournalFolder;
  readonly name: JournalName;
  readonly #file: string;
  readonly #descriptor: number;
  #hasBegun = false;

  /** @throws SyncError StoreWriteFailed, also where the generation belongs to another engine */
  constructor(place: JournalFolder, generation: number) {
    this.#place = place;
    this.name = { generation, sequence: 0 };
    this.#file = path.join(place.folder, journalFile(this.name));
    this.#descriptor = writing(this.#file, () => place.files.openSync(this.#file, 'wx+', 0o660));
  }

  /** Digest that the header of its journal will have. */
  headerDigest(previous: JournalHeader['previous']): string {
    return digestOfHeader(this.#header(previous));
  }

  /** Makes the journal of it. @throws SyncError StoreWriteFailed */
  begin(previous: JournalHeader['previous']): Journal {
    this.#hasBegun = true;
    const header = this.#header(previous);
    writing(this.#file, () =>
      finishFile(this.#place.files, { file: this.#file, descriptor: this.#descriptor }, header),
    );
    return new Journal(this.#place.files, { name: this.name, file: this.#file, descriptor: this.#descriptor, header });
  }

  /**
   * Gives the generation up, unless it has begun: another engine may have gone on from it since. What counts is why: a
   * journal that somebody holds stays, empty, and is passed over by the next engine.
   */
  withdraw(): void {
    if (this.#hasBegun) return;
    this.#place.files.closeSync(this.#descriptor);
    removeAfterFailure(this.#place.files, this.#file);
  }

  #header(previous: JournalHeader['previous']): Buffer {
    return writeHeader({ name: this.name, site: this.#place.site, previous });
  }
}
