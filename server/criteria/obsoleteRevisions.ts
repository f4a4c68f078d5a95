import type { Naming, RevisionReference, Superseding } from '../store/MaintenanceReads.js';

/** What may go by its age and rank alone, and what stands in its way. */
export interface ObsoleteFacts {
  /** Old revisions: neither the latest nor a current one. */
  readonly old: readonly RevisionReference[];
  /** Updates that may go as a whole, with all of their revisions: declined for long, or unreferenced and no software updates. */
  readonly whole: ReadonlyMap<number, readonly RevisionReference[]>;
  /** Stored revisions that name any of them. */
  readonly namings: readonly Naming[];
  /** What the software updates in `whole` supersede. */
  readonly superseding: readonly Superseding[];
}

/** What is obsolete: updates that go as a whole, and the old revisions of updates that stay. */
export interface Obsolete {
  readonly updates: ReadonlyMap<number, readonly RevisionReference[]>;
  readonly revisions: readonly RevisionReference[];
}

/**
 * The largest set of revisions that nothing outside of it needs (the rules of spDeleteUpdate): no revision that stays bundles
 * an exact revision that goes, or bundles or requires an update that goes as a whole, and an update that goes supersedes no
 * software update that stays. Updates that only hold each other go together.
 */
export function obsoleteRevisions(facts: ObsoleteFacts): Obsolete {
  const leaving = new Leaving(facts);
  for (let before = -1; before !== leaving.size;) {
    before = leaving.size;
    for (const naming of facts.namings) if (!leaving.hasRevision(naming.revisionId)) leaving.keepNamed(naming);
    for (const { update, by } of facts.superseding) if (!leaving.hasUpdate(update)) leaving.keepUpdate(by);
  }
  return leaving.result();
}

/** What still may go; nothing comes back once it is kept. */
class Leaving {
  readonly #facts: ObsoleteFacts;
  readonly #updates: Set<number>;
  /** Ids of old revisions that may go by themselves. */
  readonly #old: Map<number, RevisionReference>;
  readonly #idOf: ReadonlyMap<string, number>;
  readonly #updateOf: ReadonlyMap<number, number>;

  constructor(facts: ObsoleteFacts) {
    this.#facts = facts;
    this.#updates = new Set(facts.whole.keys());
    this.#old = new Map(facts.old.map((revision) => [revision.revisionId, revision]));
    this.#idOf = new Map(facts.old.map((revision) => [`${revision.updateKey}.${revision.revisionNumber}`, revision.revisionId]));
    this.#updateOf = new Map([...facts.whole].flatMap(([key, revisions]) => revisions.map((revision) => [revision.revisionId, key] as const)));
  }

  get size(): number {
    return this.#updates.size + this.#old.size;
  }

  hasUpdate(updateKey: number): boolean {
    return this.#updates.has(updateKey);
  }

  hasRevision(revisionId: number): boolean {
    return this.#old.has(revisionId) || this.#updates.has(this.#updateOf.get(revisionId) ?? -1);
  }

  keepUpdate(updateKey: number): void {
    this.#updates.delete(updateKey);
  }

  keepNamed({ owner, updateKey, revisionNumber }: Naming): void {
    if (owner !== updateKey) this.keepUpdate(updateKey);
    const exact = this.#idOf.get(`${updateKey}.${revisionNumber}`);
    if (exact === undefined) return;
    this.#old.delete(exact);
    // An update of which one revision is needed stays.
    this.keepUpdate(updateKey);
  }

  result(): Obsolete {
    const updates = new Map([...this.#facts.whole].filter(([key]) => this.#updates.has(key)));
    return { updates, revisions: [...this.#old.values()].filter((revision) => !updates.has(revision.updateKey)) };
  }
}
