import { EXPIRY } from '../store/rows.js';
import type { CandidateRevision, EvaluationFacts } from './UpdateEvaluation.js';

/** Bundles hold bundles; deeper than this none was ever seen, and a circle of bundles ends here. */
const MAX_DEPTH = 16;

/** How a child follows its bundles: the reason of an update by itself, and which updates have theirs from their bundles. */
export interface DerivedReasons {
  readonly reasonOf: (updateKey: number) => number;
  readonly isDerived: (updateKey: number) => boolean;
}

/** Which updates there are, with which revision, and which bundles hold them. */
export class BundleTree {
  readonly #facts: EvaluationFacts;
  readonly #selected: ReadonlyMap<number, CandidateRevision>;
  #current: ReadonlyMap<number, CandidateRevision>;
  #holders = new Map<number, number[]>();

  constructor(facts: EvaluationFacts, isSelected: (update: CandidateRevision) => boolean) {
    this.#facts = facts;
    this.#selected = new Map([...facts.latest].filter(([, update]) => isSelected(update)));
    this.#current = this.#selected;
    for (let depth = 0; depth < MAX_DEPTH && this.#descend(); depth += 1);
  }

  /** The current revision of every update that is selected, held by a bundle, or known to the site. */
  get current(): ReadonlyMap<number, CandidateRevision> {
    return this.#current;
  }

  isSelected(updateKey: number): boolean {
    return this.#selected.has(updateKey);
  }

  isHeld(updateKey: number): boolean {
    return this.#holders.has(updateKey);
  }

  /** None as long as one bundle that holds the child is not expired, else the smallest reason of its bundles. */
  ofHolders(child: number, reasons: DerivedReasons, above: ReadonlySet<number> = new Set()): number {
    let smallest: number = EXPIRY.upstream;
    for (const holder of this.#holders.get(child) ?? []) {
      if (holder === child || above.has(holder)) continue;
      const reason = reasons.isDerived(holder) ? this.ofHolders(holder, reasons, new Set([...above, child])) : reasons.reasonOf(holder);
      smallest = Math.min(smallest, reason);
      if (smallest === EXPIRY.none) break;
    }
    return smallest;
  }

  /** Works out holders and revisions once more from the revisions of the round before; false when nothing changed. */
  #descend(): boolean {
    const before = this.#current;
    const next = new Map(this.#selected);
    this.#holders = new Map();
    for (const { child, revisionId, holder } of this.#facts.holdings) this.#hold(next, { child, revisionId, holder });
    for (const [holder, bundle] of before) for (const member of bundle.members) this.#hold(next, { child: member.updateKey, revisionId: member.revisionId, holder });
    for (const [key, update] of this.#facts.latest) if (!next.has(key) && this.#facts.stored.has(key)) next.set(key, update);
    this.#current = next;
    return next.size !== before.size || [...next].some(([key, revision]) => before.get(key)?.revisionId !== revision.revisionId);
  }

  /** Notes that a bundle holds a child; of several revisions that bundles hold the child has the highest. */
  #hold(next: Map<number, CandidateRevision>, { child, revisionId, holder }: { child: number; revisionId: number | undefined; holder: number }): void {
    const revision = revisionId === undefined ? undefined : this.#facts.held.get(revisionId);
    if (revision === undefined || !this.#facts.latest.has(child)) return;
    const holders = this.#holders.get(child);
    if (holders === undefined) this.#holders.set(child, [holder]);
    else holders.push(holder);
    const current = next.get(child);
    if (!this.#selected.has(child) && (current === undefined || revision.revisionNumber > current.revisionNumber)) next.set(child, revision);
  }
}
