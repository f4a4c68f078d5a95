import type { RunCounts } from '../contract/generated/types.js';
import type { SoftwareUpdateRow } from '../criteria/SoftwareUpdateRow.js';
import { changesOf } from '../criteria/changeKinds.js';
import type { UpdateChanges } from '../criteria/changeKinds.js';

/**
 * Counts what a run does to each update: from what it was before the run to what it is in the end, however often it
 * changes between.
 */
export class ChangeTally {
  readonly #counts: RunCounts;
  readonly #before = new Map<number, { readonly row: SoftwareUpdateRow | undefined; counted: UpdateChanges }>();

  constructor(counts: RunCounts) {
    this.#counts = counts;
  }

  /** Takes a change of one update; gives what the run has done to it by now. */
  note(before: SoftwareUpdateRow | undefined, after: SoftwareUpdateRow): UpdateChanges {
    const known = this.#before.get(after.updateKey);
    const changes = this.foresee(before, after);
    if (known !== undefined) this.#add(known.counted, -1);
    this.#add(changes, 1);
    this.#before.set(after.updateKey, { row: known === undefined ? before : known.row, counted: changes });
    return changes;
  }

  /** What the run will have done to an update by a change that is about to be stored. */
  foresee(before: SoftwareUpdateRow | undefined, after: SoftwareUpdateRow): UpdateChanges {
    const known = this.#before.get(after.updateKey);
    return changesOf(known === undefined ? before : known.row, after);
  }

  /** Tells whether the run has changed the update already. */
  hasNoted(updateKey: number): boolean {
    return this.#before.has(updateKey);
  }

  #add(changes: UpdateChanges, by: 1 | -1): void {
    for (const [name, happened] of Object.entries(changes))
      if (happened) this.#counts[name as keyof UpdateChanges] += by;
  }
}
