import type { CandidateRevision, EvaluationFacts } from './UpdateEvaluation.js';

/** A bundle at the top that holds a child at any level, and the exact revision of the child that is held. */
export interface Holder {
  readonly root: number;
  readonly revision: CandidateRevision;
}

/**
 * Which updates there are, which of them are shown, and which bundles hold the others. A bundle holds the exact
 * revisions
 * that its latest revision names, and what these name, to any depth.
 */
export class BundleTree {
  readonly #facts: EvaluationFacts;
  readonly #selected: ReadonlySet<number>;
  readonly #visible: ReadonlySet<number>;
  readonly #holders = new Map<number, Holder[]>();
  /** Keys of every update that is selected, held by a selected bundle, or known to the site. */
  readonly keys: ReadonlySet<number>;

  constructor(facts: EvaluationFacts, isSelected: (update: CandidateRevision) => boolean) {
    this.#facts = facts;
    const known = [...facts.latest.keys()].filter((key) => facts.stored.has(key));
    this.#selected = new Set([...facts.latest.values()].filter(isSelected).map((update) => update.updateKey));
    const listed = new Set([...this.#selected, ...known.filter((key) => facts.stored.get(key)?.isHidden === false)]);
    const behindListed = this.#childrenOf(listed);
    this.#visible = new Set([...listed].filter((key) => this.#selected.has(key) || !behindListed.has(key)));
    this.keys = new Set([
      ...this.#selected,
      ...known,
      ...[...this.#childrenOf(this.#selected)].filter((key) => facts.latest.has(key)),
    ]);
    const held = this.#childrenOf(this.keys);
    for (const root of this.keys) if (this.#visible.has(root) || !held.has(root)) this.#noteHolder(root);
  }

  isSelected(updateKey: number): boolean {
    return this.#selected.has(updateKey);
  }

  /** Selected, or known and not behind a bundle. */
  isVisible(updateKey: number): boolean {
    return this.#visible.has(updateKey);
  }

  /** The bundles at the top that hold an update. */
  holdersOf(updateKey: number): readonly Holder[] {
    return this.#holders.get(updateKey) ?? [];
  }

  #childrenOf(roots: Iterable<number>): ReadonlySet<number> {
    const children = new Set<number>();
    for (const root of roots) for (const { updateKey } of this.#membersOf(root)) children.add(updateKey);
    return children;
  }

  #noteHolder(root: number): void {
    for (const revision of this.#membersOf(root)) {
      const holders = this.#holders.get(revision.updateKey);
      if (holders === undefined) this.#holders.set(revision.updateKey, [{ root, revision }]);
      else holders.push({ root, revision });
    }
  }

  /** The stored revisions that a bundle holds at all levels; nothing holds itself, and a circle of bundles ends. */
  #membersOf(root: number): readonly CandidateRevision[] {
    const members: CandidateRevision[] = [];
    const latest = this.#facts.latest.get(root);
    if (latest === undefined || latest.members.length === 0) return members;
    const walked = new Set([latest.revisionId]);
    for (const waiting = [latest]; ;) {
      const bundle = waiting.pop();
      if (bundle === undefined) return members;
      for (const { revisionId } of bundle.members) {
        const revision =
          revisionId === undefined || walked.has(revisionId) ? undefined : this.#facts.held.get(revisionId);
        if (revision === undefined) continue;
        walked.add(revision.revisionId);
        waiting.push(revision);
        if (revision.updateKey !== root) members.push(revision);
      }
    }
  }
}
