import type { Steps } from '../platform/inTurns.js';
import type { RevisionTable } from './RevisionTable.js';
import type { EvaluationFacts } from './UpdateEvaluation.js';

const NONE = -1;
/** Updates that are looked at in one step where little is done for each: a step costs more than a look. */
const PIECE = 64;

/** What bundles hold at any depth. Nothing holds itself. An update is the row of its latest revision. */
interface ReachedBundles {
  /** By update: the first of the bundles, in the order they were given in, that holds it; -1 where none does. */
  readonly holders: Int32Array;
  /** By update: the row of the highest of its revisions that any of them holds; -1 where none does. */
  readonly highest: Int32Array;
}

/**
 * Finds what the latest revisions of the given updates bundle, and what that bundles, by exact revisions. Each relation
 * is followed twice at most, however many bundles lead to it: of whatever reaches a revision only the first two count,
 * one for the case that the other is the update itself.
 */
function* reachedBundles(walk: Walk, roots: Iterable<number>): Steps<ReachedBundles> {
  walk.begin();
  let passed = 0;
  for (const root of roots)
    if (walk.isBundle(root)) yield* walk.from(root);
    else if ((passed += 1) % PIECE === 0) yield;
  return walk;
}

/** A walk, one after the other: what it has found stays until the next one begins. */
class Walk implements ReachedBundles {
  readonly holders: Int32Array;
  readonly highest: Int32Array;
  readonly #revisions: RevisionTable;
  /** By revision: the first two roots that have reached it. */
  readonly #first: Int32Array;
  readonly #second: Int32Array;

  constructor(revisions: RevisionTable) {
    this.#revisions = revisions;
    [this.holders, this.highest] = [new Int32Array(revisions.updates), new Int32Array(revisions.updates)];
    [this.#first, this.#second] = [new Int32Array(revisions.size), new Int32Array(revisions.size)];
  }

  begin(): void {
    for (const rows of [this.holders, this.highest, this.#first, this.#second]) rows.fill(NONE);
  }

  isBundle(update: number): boolean {
    return this.#revisions.isBundleAt(update);
  }

  *from(root: number): Steps<void> {
    const waiting = [root];
    for (let row = waiting.pop(); row !== undefined; row = waiting.pop()) {
      if (!this.#reach(row, root)) continue;
      this.#note(row, root);
      for (const member of this.#revisions.membersAt(row)) if (this.#second[member] === NONE) waiting.push(member);
      yield;
    }
  }

  /** False where it makes no difference any more. */
  #reach(row: number, root: number): boolean {
    const first = this.#first[row];
    if (first === root || this.#second[row] !== NONE) return false;
    (first === NONE ? this.#first : this.#second)[row] = root;
    return true;
  }

  #note(row: number, root: number): void {
    const update = this.#revisions.rowOf(this.#revisions.updateKeyAt(row));
    if (update === NONE || update === root) return;
    if (this.holders[update] === NONE) this.holders[update] = root;
    const highest = this.highest[update] as number;
    if (highest === NONE || this.#revisions.revisionNumberAt(row) > this.#revisions.revisionNumberAt(highest))
      this.highest[update] = row;
  }
}

/** What is known of an update, as bits: selected; known to the site; selected or shown by it. */
const SELECTED = 1;
const KNOWN = 2;
const LISTED = 4;
/** Selected, or shown by the site and not behind a bundle. */
const VISIBLE = 8;
/** Selected, held by what is selected, or known. */
const PRESENT = 16;
/** Held by no other one, or shown all the same. */
const TOP = 32;

/**
 * Which updates there are, which of them are shown, and which bundles hold the others. A bundle holds the exact
 * revisions that its latest revision names, and what these name, to any depth. An update is the row of its latest
 * revision.
 */
export class BundleTree {
  readonly #revisions: RevisionTable;
  readonly #facts: EvaluationFacts;
  readonly #bits: Uint8Array;
  readonly #walk: Walk;
  #highest: Int32Array = new Int32Array(0);

  private constructor(facts: EvaluationFacts) {
    this.#facts = facts;
    this.#revisions = facts.revisions;
    this.#bits = new Uint8Array(facts.revisions.updates);
    this.#walk = new Walk(facts.revisions);
  }

  static *of(facts: EvaluationFacts, isSelected: (update: number) => boolean): Steps<BundleTree> {
    const tree = new BundleTree(facts);
    yield* tree.#mark(SELECTED, isSelected);
    yield* tree.#grow();
    return tree;
  }

  /** Every update that is selected, held by a selected bundle, or known to the site. */
  updates(): Iterable<number> {
    return this.#with(PRESENT);
  }

  isPresent(update: number): boolean {
    return this.#has(update, PRESENT);
  }

  isSelected(update: number): boolean {
    return this.#has(update, SELECTED);
  }

  /** Selected, or known and not behind a bundle. */
  isVisible(update: number): boolean {
    return this.#has(update, VISIBLE);
  }

  /** The row of the revision that a hidden update shows: the highest that bundles hold, its latest where none does. */
  heldRevision(update: number): number {
    const highest = this.#highest[update] as number;
    return highest === NONE ? update : highest;
  }

  /** The lowest rank, from 0 to 100, of the bundles at the top that hold an update; -1 where none holds it. */
  *lowestRanks(rankOf: (bundle: number) => number): Steps<Int8Array> {
    const rankOfTop = new Int8Array(this.#revisions.updates);
    const tops: number[][] = [];
    for (const top of this.#with(TOP)) {
      const rank = rankOf(top);
      rankOfTop[top] = rank;
      (tops[rank] ??= []).push(top);
      yield;
    }
    const { holders } = yield* reachedBundles(this.#walk, tops.flat());
    const ranks = new Int8Array(this.#revisions.updates).fill(NONE);
    for (const [update, top] of holders.entries()) {
      if (top !== NONE) ranks[update] = rankOfTop[top] as number;
      if (update % PIECE === 0) yield;
    }
    return ranks;
  }

  *#grow(): Steps<void> {
    const { stored } = this.#facts;
    const rowOf = (update: number) => stored.get(this.#revisions.updateKeyAt(update));
    yield* this.#mark(KNOWN, (update) => rowOf(update) !== undefined);
    yield* this.#mark(LISTED, (update) => this.isSelected(update) || rowOf(update)?.isHidden === false);
    const behindListed = (yield* this.#reached(LISTED)).holders;
    const isVisible = (update: number): boolean => this.isSelected(update) || behindListed[update] === NONE;
    yield* this.#mark(VISIBLE, (update) => this.#has(update, LISTED) && isVisible(update));
    const children = (yield* this.#reached(SELECTED)).holders;
    yield* this.#mark(PRESENT, (update) => this.#has(update, SELECTED | KNOWN) || children[update] !== NONE);
    const held = (yield* this.#reached(PRESENT)).holders;
    const isTop = (update: number): boolean => this.isVisible(update) || held[update] === NONE;
    yield* this.#mark(TOP, (update) => this.isPresent(update) && isTop(update));
    this.#highest = (yield* this.#reached(TOP)).highest.slice();
  }

  *#mark(bit: number, isSo: (update: number) => boolean): Steps<void> {
    for (let update = 0; update < this.#bits.length; update += 1) {
      if (isSo(update)) this.#bits[update] = (this.#bits[update] as number) | bit;
      if (update % PIECE === 0) yield;
    }
  }

  #reached(bit: number): Steps<ReachedBundles> {
    return reachedBundles(this.#walk, this.#with(bit));
  }

  #has(update: number, bits: number): boolean {
    return ((this.#bits[update] as number) & bits) !== 0;
  }

  *#with(bit: number): Generator<number, void> {
    for (let update = 0; update < this.#bits.length; update += 1) if (this.#has(update, bit)) yield update;
  }
}
