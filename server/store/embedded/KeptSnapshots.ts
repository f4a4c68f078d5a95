import path from 'node:path';
import { removeUnlessHeld } from '../../platform/files/heldFiles.js';
import type { StoreFiles, StorePlace } from '../StorePlace.js';
import { namesIn } from '../fileCalls.js';
import { compareNames, parseJournalFile } from './journalFile.js';
import type { JournalName } from './journalFile.js';
import { parseSnapshotFile } from './snapshotFile.js';

/** What the snapshot before the last with its journals may always take. */
const ALWAYS_KEPT = 64 * 1024 * 1024;

/** A snapshot and its size. */
interface KeptSnapshot {
  readonly name: JournalName;
  readonly bytes: number;
}

/** What keeping starts with. */
interface KeptStart {
  readonly files: StoreFiles;
  readonly place: StorePlace;
  /** The snapshot that the database was read from; undefined where it was read from journals alone. */
  readonly snapshot: KeptSnapshot | undefined;
  /** Snapshots that are damaged: the next one replaces them. */
  readonly damaged: readonly string[];
}

/** Keeps the last snapshot and, while that is cheap, the one before with the journals between, which make up for it. */
export class KeptSnapshots {
  readonly #files: StoreFiles;
  readonly #place: StorePlace;
  #last: KeptSnapshot | undefined;
  #damaged: readonly string[];
  #mayStand = true;
  #holds = 0;
  #due: JournalName | undefined;

  constructor({ files, place, snapshot, damaged }: KeptStart) {
    this.#files = files;
    this.#place = place;
    this.#last = snapshot;
    this.#damaged = damaged;
  }

  /** Nothing that is there may stand in for the next snapshot. */
  forgetAll(): void {
    this.#mayStand = false;
  }

  /** Nothing is removed until the result is called: a backup reads the files. */
  hold(): () => void {
    this.#holds += 1;
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      this.#holds -= 1;
      if (this.#holds === 0 && this.#due !== undefined) this.#removeBefore(this.#due);
    };
  }

  /** A snapshot was written; `journals`: bytes of the journals since the last one. */
  replace(snapshot: KeptSnapshot, journals: number): void {
    const before = this.#last;
    this.#last = snapshot;
    const isKept = this.#mayStand && isCheapToKeep((before?.bytes ?? 0) + journals, snapshot.bytes);
    this.#mayStand = true;
    this.#removeBefore(isKept ? (before?.name ?? FIRST) : snapshot.name);
  }

  /** What was written before a snapshot or journal goes; only of this engine and earlier ones. */
  #removeBefore(first: JournalName): void {
    this.#due = this.#holds === 0 ? undefined : first;
    if (this.#holds > 0) return;
    this.#damaged = this.#damaged.filter((file) => !removeUnlessHeld(this.#files, file));
    for (const file of namesIn(this.#files, this.#place.database)) {
      const name = parseJournalFile(file) ?? parseSnapshotFile(file);
      if (name !== undefined && compareNames(name, first) < 0)
        // What somebody holds goes with the next snapshot.
        removeUnlessHeld(this.#files, path.join(this.#place.database, file));
    }
  }
}

const FIRST: JournalName = { generation: 0, sequence: 0 };

/** Twice the size of what it stands in for is still cheap; a small one always is. */
export function isCheapToKeep(kept: number, snapshot: number): boolean {
  return kept <= Math.max(ALWAYS_KEPT, 2 * snapshot);
}
