import type { Steps } from '../platform/inTurns.js';
import type { CandidateRevision, EvaluationFacts } from './UpdateEvaluation.js';

/** What bundles hold at any depth. Nothing holds itself. */
export interface ReachedBundles {
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
export function* reachedBundles(facts: EvaluationFacts, roots: Iterable<number>): Steps<ReachedBundles> {
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
