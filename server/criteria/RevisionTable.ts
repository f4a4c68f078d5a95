import { IntTable } from '../platform/IntTable.js';
import type { CandidateRevision, EvaluatedRevision } from './CandidateRevision.js';

const EXPIRED = 1;
const DEPLOYABLE = 2;
const BUNDLE = 4;
const LEAST_ROOM = 16;
/** In the list of what a revision names: an exact revision that is not stored. */
const NOT_STORED = -1;

/**
 * Revisions as the evaluation sees them, each in a row, in columns: 100,000 of them take 8 MB, and as objects in maps
 * 40 MB. The latest revisions of the updates come first, so that an update is known by the row of its latest one.
 */
export class RevisionTable {
  #size = 0;
  #updates = 0;
  #updateKeys = new Int32Array(LEAST_ROOM);
  #revisionIds = new Int32Array(LEAST_ROOM);
  #numbers = new Int32Array(LEAST_ROOM);
  #flags = new Uint8Array(LEAST_ROOM);
  #created = new Float64Array(LEAST_ROOM);
  /** Where what a revision names begins: categories, superseded updates, members, each behind their number. */
  #starts = new Int32Array(LEAST_ROOM);
  #named = new Int32Array(LEAST_ROOM);
  #namedEnd = 0;
  readonly #rowOfUpdate = new IntTable();
  readonly #rowOfRevision = new IntTable();

  /** How many revisions there are. */
  get size(): number {
    return this.#size;
  }

  /** How many updates there are: the rows of their latest revisions are below this number. */
  get updates(): number {
    return this.#updates;
  }

  /** Adds the latest revision of an update; those that are only held come later. */
  addLatest(revision: CandidateRevision): void {
    this.#rowOfUpdate.set(revision.updateKey, this.#size);
    this.addHeld(revision);
    this.#updates = this.#size;
  }

  /** Adds a revision that a bundle holds. */
  addHeld(revision: CandidateRevision): void {
    const row = this.#size;
    if (row === this.#flags.length) this.#makeRoom(2 * row);
    this.#updateKeys[row] = revision.updateKey;
    this.#revisionIds[row] = revision.revisionId;
    this.#numbers[row] = revision.revisionNumber;
    this.#created[row] = revision.firstCreated;
    this.#flags[row] =
      (revision.isExpired ? EXPIRED : 0) |
      (revision.isDeployable ? DEPLOYABLE : 0) |
      (revision.members.length > 0 ? BUNDLE : 0);
    this.#starts[row] = this.#namedEnd;
    this.#name(revision.categoryKeys);
    this.#name(revision.supersedes);
    this.#name(revision.members.map(({ revisionId }) => revisionId ?? NOT_STORED));
    this.#rowOfRevision.set(revision.revisionId, row);
    this.#size += 1;
  }

  hasRevision(revisionId: number): boolean {
    return this.#rowOfRevision.get(revisionId) >= 0;
  }

  /** The row of the latest revision of an update, -1 where it is not looked at. */
  rowOf(updateKey: number): number {
    return this.#rowOfUpdate.get(updateKey);
  }

  updateKeyAt(row: number): number {
    return this.#updateKeys[row] as number;
  }

  revisionIdAt(row: number): number {
    return this.#revisionIds[row] as number;
  }

  revisionNumberAt(row: number): number {
    return this.#numbers[row] as number;
  }

  firstCreatedAt(row: number): number {
    return this.#created[row] as number;
  }

  isExpiredAt(row: number): boolean {
    return ((this.#flags[row] as number) & EXPIRED) !== 0;
  }

  isDeployableAt(row: number): boolean {
    return ((this.#flags[row] as number) & DEPLOYABLE) !== 0;
  }

  isBundleAt(row: number): boolean {
    return ((this.#flags[row] as number) & BUNDLE) !== 0;
  }

  categoryKeysAt(row: number): number[] {
    return this.#namedFrom(this.#starts[row] as number);
  }

  /** Keys of the updates that a revision supersedes. */
  supersededAt(row: number): number[] {
    return this.#namedFrom(this.#behind(this.#starts[row] as number));
  }

  /** Rows of the exact revisions that a bundle holds, as far as they are stored. */
  membersAt(row: number): number[] {
    const named = this.#namedFrom(this.#behind(this.#behind(this.#starts[row] as number)));
    return named.map((revisionId) => this.#rowOfRevision.get(revisionId)).filter((member) => member >= 0);
  }

  /** A revision as far as a software update is made of it. */
  revisionAt(row: number): EvaluatedRevision {
    return {
      updateKey: this.updateKeyAt(row),
      revisionId: this.revisionIdAt(row),
      revisionNumber: this.revisionNumberAt(row),
      categoryKeys: this.categoryKeysAt(row),
    };
  }

  /** Keys of the updates. */
  updateKeys(): number[] {
    return Array.from(this.#updateKeys.subarray(0, this.#updates));
  }

  #name(numbers: readonly number[]): void {
    const end = this.#namedEnd + 1 + numbers.length;
    if (end > this.#named.length) this.#named = largerInts(this.#named, Math.max(end, 2 * this.#named.length));
    this.#named[this.#namedEnd] = numbers.length;
    this.#named.set(numbers, this.#namedEnd + 1);
    this.#namedEnd = end;
  }

  #namedFrom(start: number): number[] {
    const numbers: number[] = [];
    for (let at = start + 1; at < this.#behind(start); at += 1) numbers.push(this.#named[at] as number);
    return numbers;
  }

  #behind(start: number): number {
    return start + 1 + (this.#named[start] as number);
  }

  #makeRoom(rows: number): void {
    this.#updateKeys = largerInts(this.#updateKeys, rows);
    this.#revisionIds = largerInts(this.#revisionIds, rows);
    this.#numbers = largerInts(this.#numbers, rows);
    this.#starts = largerInts(this.#starts, rows);
    const [flags, created] = [new Uint8Array(rows), new Float64Array(rows)];
    flags.set(this.#flags);
    created.set(this.#created);
    [this.#flags, this.#created] = [flags, created];
  }
}

function largerInts(numbers: Int32Array, length: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(length);
  larger.set(numbers);
  return larger;
}
