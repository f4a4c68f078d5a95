import type { RunCounts } from '../contract/generated/types.js';
import type { SoftwareUpdateRow } from '../criteria/SoftwareUpdateRow.js';
import { changesOf } from '../criteria/changeKinds.js';
import type { UpdateChanges } from '../criteria/changeKinds.js';
import { IntTable } from '../platform/IntTable.js';

const COUNTED = ['New', 'Revised', 'Expired', 'Superseded', 'Removed', 'Skipped'] as const;

/**
 * Counts what a run does to each update: from what it was before the run to what it is in the end, however often it
 * changes between.
 */
export class ChangeTally {
  readonly #counts: RunCounts;
  /** What each update that has changed is counted as: a bit for each of `COUNTED`. */
  readonly #counted = new IntTable();
  /** Those of them that the site knew before the run. */
  readonly #before = new Map<number, SoftwareUpdateRow>();

  constructor(counts: RunCounts) {
    this.#counts = counts;
  }

  /** Takes a change of one update; gives what the run has done to it by now. */
  note(before: SoftwareUpdateRow | undefined, after: SoftwareUpdateRow): UpdateChanges {
    const { updateKey } = after;
    const changes = this.foresee(before, after);
    const bits = COUNTED.reduce((sum, name, index) => (changes[name] ? sum | (1 << index) : sum), 0);
    if (this.hasNoted(updateKey)) this.#add(this.#counted.get(updateKey), -1);
    else if (before !== undefined) this.#before.set(updateKey, before);
    this.#add(bits, 1);
    this.#counted.set(updateKey, bits);
    return changes;
  }

  /** What the run will have done to an update by a change that is about to be stored. */
  foresee(before: SoftwareUpdateRow | undefined, after: SoftwareUpdateRow): UpdateChanges {
    const { updateKey } = after;
    return changesOf(this.hasNoted(updateKey) ? this.#before.get(updateKey) : before, after);
  }

  /** Tells whether the run has changed the update already. */
  hasNoted(updateKey: number): boolean {
    return this.#counted.get(updateKey) >= 0;
  }

  #add(bits: number, by: 1 | -1): void {
    for (const [index, name] of COUNTED.entries()) if ((bits & (1 << index)) !== 0) this.#counts[name] += by;
  }
}
