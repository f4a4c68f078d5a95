import { join } from 'node:path';
import { SyncError } from '../errors/SyncError.js';
import type { FolderFiles } from '../platform/files/folderFiles.js';
import { removeUnlessHeld } from '../platform/files/heldFiles.js';
import { readText } from '../platform/files/readText.js';
import { processState } from '../platform/processState.js';
import { systemErrorCode } from '../platform/systemErrorCode.js';
import { filesOf, SITE_FILES, type SiteFolder } from '../site/SiteFolder.js';

/** A lock that its owner has not written after so long is nobody's. */
const UNWRITTEN_MS = 500;

/**
 * Lets one of several relays that miss the engine start it and the others wait: after a crash ten sessions would start
 * ten
 * engines, of which nine find the lock taken. It spares work and decides nothing: the lock of the engine does.
 */
export class StartLock {
  readonly #files: FolderFiles;
  readonly #file: string;
  readonly #mode: number;
  readonly #longest: number;
  #isOurs = false;

  /** `longestMs`: a lock that is older counts no more. */
  constructor(site: SiteFolder, longestMs: number) {
    this.#files = filesOf(site);
    this.#file = join(site.path, SITE_FILES.starting);
    this.#mode = site.operators.length > 0 ? 0o660 : 0o600;
    this.#longest = longestMs;
  }

  /** True when this relay is to start the engine; false while another one that lives has it in hand. */
  take(): boolean {
    if (this.#isOurs || this.#write()) return true;
    if (this.#isInHand()) return false;
    return removeUnlessHeld(this.#files, this.#file) && this.#write();
  }

  /** Gives the lock back, whatever came of it. */
  release(): void {
    // It can stay: its process ends, or it grows old. A good connection must not be lost for it.
    if (this.#isOurs) removeUnlessHeld(this.#files, this.#file);
    this.#isOurs = false;
  }

  #write(): boolean {
    try {
      const descriptor = this.#files.openSync(this.#file, 'wx', this.#mode);
      // Before it is written: on a full disk the file is there, and is to go again.
      this.#isOurs = true;
      try {
        this.#files.writeSync(descriptor, String(process.pid));
      } finally {
        this.#files.closeSync(descriptor);
      }
    } catch (caught) {
      // Where no file can be made the start of the engine says why.
      if (systemErrorCode(caught) !== 'EEXIST') return true;
    }
    return this.#isOurs;
  }

  #isInHand(): boolean {
    try {
      const owner = Number(readText(this.#files, this.#file));
      const age = Date.now() - this.#files.lstatSync(this.#file).mtimeMs;
      // Made and not written yet: somebody has just come, or was killed in between.
      return owner === 0 ? age < UNWRITTEN_MS : processState(owner) !== 'gone' && age < this.#longest;
    } catch (caught) {
      if (!(caught instanceof SyncError) && systemErrorCode(caught) === '') throw caught;
      return false;
    }
  }
}
