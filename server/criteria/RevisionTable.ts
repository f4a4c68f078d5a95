import { IntTable } from '../platform/IntTable.js';
import type { Steps } from '../platform/inTurns.js';
import type { CandidateRevision, EvaluatedRevision } from './CandidateRevision.js';

const EXPIRED = 1;
const DEPLOYABLE = 2;
const BUNDLE = 4;
const LEAST_ROOM = 16;
/** Room for the numbers of what a revision names: more than most have. */
const NAMED = 8;
/** In the list of what a revision names: an exact revision that is not stored. */
const NOT_STORED = -1;

/**
 * Revisions as the evaluation sees them, each in a row, in columns: 100,000 of them take 10 MB, and as objects in maps
 * 31 MB. The latest revisions of the updates come first, so that an update is known by the row of its latest one.
 */
export class RevisionTable {
  #size = 0;
  #updates = 0;
  #updateKeys: Int32Array;
  #revisionIds: Int32Array;
  /** An upstream may number them beyond 32 bits. */
  #numbers: Float64Array;
  #flags: Uint8Array;
  #created: Float64Array;
  /** Where what a revision names begins: categories, superseded updates, members, each behind their number. */
  #starts: Int32Array;
  #named: Int32Array;
  #namedEnd = 0;
  readonly #rowOfUpdate: IntTable;
  readonly #rowOfRevision: IntTable;

  /** `room`: for so many revisions its columns need not grow. */
  constructor(room = LEAST_ROOM) {
    const ints = (): Int32Array => new Int32Array(Math.max(LEAST_ROOM, room));
    [this.#updateKeys, this.#revisionIds, this.#starts] = [ints(), ints(), ints()];
    this.#named = new Int32Array(NAMED * this.#starts.length);
    this.#flags = new Uint8Array(this.#starts.length);
    [this.#numbers, this.#created] = [new Float64Array(this.#starts.length), new Float64Array(this.#starts.length)];
    this.#rowOfUpdate = new IntTable(room);
    this.#rowOfRevision = new IntTable(room);
  }

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
    const rows = this.#memberIdsAt(row).map((revisionId) => this.#rowOfRevision.get(revisionId));
    return rows.filter((member) => member >= 0);
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

  /** Revisions that are held by those from a row on, and are not here. */
  *heldElsewhere(from: number): Steps<readonly number[]> {
    const elsewhere = new Set<number>();
    for (let row = from; row < this.#size; row += 1) {
      if (this.isBundleAt(row))
        for (const revisionId of this.#memberIdsAt(row))
          if (revisionId !== NOT_STORED && !this.hasRevision(revisionId)) elsewhere.add(revisionId);
      yield;
    }
    return [...elsewhere];
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

  #memberIdsAt(row: number): number[] {
    return this.#namedFrom(this.#behind(this.#behind(this.#starts[row] as number)));
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
    this.#starts = largerInts(this.#starts, rows);
    const [flags, numbers, created] = [new Uint8Array(rows), new Float64Array(rows), new Float64Array(rows)];
    flags.set(this.#flags);
    numbers.set(this.#numbers);
    created.set(this.#created);
    [this.#flags, this.#numbers, this.#created] = [flags, numbers, created];
  }
}

function largerInts(numbers: Int32Array, length: number): Int32Array {
  const larger = new Int32Array(length);
  larger.set(numbers);
  return larger;
}
