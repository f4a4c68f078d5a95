import type { Steps } from '../platform/inTurns.js';
import { reachedBundles, type ReachedBundles } from './reachedBundles.js';
import { sorted } from './sorted.js';
import type { CandidateRevision, EvaluationFacts } from './UpdateEvaluation.js';

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
