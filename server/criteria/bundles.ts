import type { Steps } from '../platform/inTurns.js';
import type { CandidateRevision, EvaluationFacts } from './UpdateEvaluation.js';
import { sorted } from './collections.js';

/** What bundles hold at any depth. Nothing holds itself. */
interface ReachedBundles {
  /** By update: the first of the bundles, in the order they were given in, that holds it. */
  readonly holders: ReadonlyMap<number, number>;
  /** By update: the highest of its revisions that any of them holds. */
  readonly highest: ReadonlyMap<number, CandidateRevision>;
}

/**
 * Finds what the latest revisions of the given updates bundle, and what that bundles, by exact revisions. Each relation
 * is followed twice at most, however many bundles lead to it: of whatever reaches a revision only the first two count,
 * one for the case that the other is the update itself.
 */
function* reachedBundles(facts: EvaluationFacts, roots: Iterable<number>): Steps<ReachedBundles> {
  const walk = new Walk(facts);
  for (const root of roots) yield* walk.from(root);
  return walk;
}

class Walk implements ReachedBundles {
  readonly holders = new Map<number, number>();
  readonly highest = new Map<number, CandidateRevision>();
  readonly #facts: EvaluationFacts;
  readonly #first = new Map<number, number>();
  readonly #second = new Map<number, number>();

  constructor(facts: EvaluationFacts) {
    this.#facts = facts;
  }

  *from(root: number): Steps<void> {
    const latest = this.#facts.latest.get(root);
    if (latest === undefined || latest.members.length === 0) return;
    const waiting = [latest];
    for (let revision = waiting.pop(); revision !== undefined; revision = waiting.pop()) {
      if (!this.#reach(revision.revisionId, root)) continue;
      if (revision.updateKey !== root) this.#note(revision, root);
      for (const { revisionId } of revision.members) {
        const held = revisionId === undefined ? undefined : this.#facts.held.get(revisionId);
        if (held !== undefined && !this.#second.has(held.revisionId)) waiting.push(held);
      }
      yield;
    }
  }

  /** False where it makes no difference any more. */
  #reach(revisionId: number, root: number): boolean {
    const first = this.#first.get(revisionId);
    if (first === root || this.#second.has(revisionId)) return false;
    (first === undefined ? this.#first : this.#second).set(revisionId, root);
    return true;
  }

  #note(revision: CandidateRevision, root: number): void {
    const { updateKey } = revision;
    if (!this.holders.has(updateKey)) this.holders.set(updateKey, root);
    const highest = this.highest.get(updateKey);
    if (highest === undefined || revision.revisionNumber > highest.revisionNumber)
      this.highest.set(updateKey, revision);
  }
}

/**
 * Which updates there are, which of them are shown, and which bundles hold the others. A bundle holds the exact
 * revisions that its latest revision names, and what these name, to any depth.
 */
export class BundleTree {
  readonly #facts: EvaluationFacts;
  readonly #selected: ReadonlySet<number>;
  #visible: ReadonlySet<number> = new Set();
  #keys: ReadonlySet<number> = new Set();
  /** Bundles that no other one holds, or that are shown all the same. */
  #tops: readonly number[] = [];
  #reached: ReachedBundles = { holders: new Map(), highest: new Map() };

  private constructor(facts: EvaluationFacts, selected: ReadonlySet<number>) {
    this.#facts = facts;
    this.#selected = selected;
  }

  static *of(facts: EvaluationFacts, isSelected: (update: CandidateRevision) => boolean): Steps<BundleTree> {
    const selected = new Set<number>();
    for (const update of facts.latest.values()) {
      if (isSelected(update)) selected.add(update.updateKey);
      yield;
    }
    const tree = new BundleTree(facts, selected);
    yield* tree.#grow();
    return tree;
  }

  /** Keys of every update that is selected, held by a selected bundle, or known to the site. */
  get keys(): ReadonlySet<number> {
    return this.#keys;
  }

  isSelected(updateKey: number): boolean {
    return this.#selected.has(updateKey);
  }

  /** Selected, or known and not behind a bundle. */
  isVisible(updateKey: number): boolean {
    return this.#visible.has(updateKey);
  }

  /** The highest revision of an update that bundles hold; undefined where none does. */
  heldRevision(updateKey: number): CandidateRevision | undefined {
    return this.#reached.highest.get(updateKey);
  }

  /** The lowest rank of the bundles at the top that hold an update, by the update; missing where none holds it. */
  *lowestRanks(rankOf: (bundle: number) => number): Steps<ReadonlyMap<number, number>> {
    const rankOfTop = new Map<number, number>();
    for (const top of this.#tops) {
      rankOfTop.set(top, rankOf(top));
      yield;
    }
    const ascending = yield* sorted(rankOfTop, ([, one], [, other]) => one - other);
    const { holders } = yield* reachedBundles(
      this.#facts,
      ascending.map(([top]) => top),
    );
    const ranks = new Map<number, number>();
    for (const [key, top] of holders) {
      ranks.set(key, rankOfTop.get(top) ?? 0);
      yield;
    }
    return ranks;
  }

  *#grow(): Steps<void> {
    const { latest, stored } = this.#facts;
    const known = yield* keysWhere(latest.keys(), (key) => stored.has(key));
    const shown = yield* keysWhere(known, (key) => stored.get(key)?.isHidden === false);
    const listed = yield* keysWhere(inTurn(this.#selected, shown), () => true);
    const behindListed = (yield* reachedBundles(this.#facts, listed)).holders;
    this.#visible = yield* keysWhere(listed, (key) => this.#selected.has(key) || !behindListed.has(key));
    const children = (yield* reachedBundles(this.#facts, this.#selected)).holders;
    // What the site knows has a latest revision anyway.
    this.#keys = yield* keysWhere(inTurn(this.#selected, known, children.keys()), (key) => latest.has(key));
    const held = (yield* reachedBundles(this.#facts, this.#keys)).holders;
    this.#tops = [...(yield* keysWhere(this.#keys, (key) => this.#visible.has(key) || !held.has(key)))];
    this.#reached = yield* reachedBundles(this.#facts, this.#tops);
  }
}

function* inTurn(...all: readonly Iterable<number>[]): Generator<number, void> {
  for (const keys of all) yield* keys;
}

/** Those of the keys that pass the test, each once. */
function* keysWhere(keys: Iterable<number>, isIn: (key: number) => boolean): Steps<Set<number>> {
  const found = new Set<number>();
  for (const key of keys) {
    if (isIn(key)) found.add(key);
    yield;
  }
  return found;
}
