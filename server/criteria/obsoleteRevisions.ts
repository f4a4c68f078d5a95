import type { Naming, RevisionReference, Superseding } from '../store/MaintenanceReads.js';

/** What may go by its age and rank alone, and what stands in its way. */
export interface ObsoleteFacts {
  /** Old revisions: neither the latest nor a current one. */
  readonly old: readonly RevisionReference[];
  /**
   * Updates that may go as a whole, with all of their revisions: declined for long, or unreferenced and no software
   * updates.
   */
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
 * The largest set of revisions that nothing outside of it needs (the rules of spDeleteUpdate): no revision that stays
 * bundles
 * an exact revision that goes, or bundles or requires an update that goes as a whole, and an update that goes
 * supersedes no
 * software update that stays. Updates that only hold each other go together.
 */
export function obsoleteRevisions(facts: ObsoleteFacts): Obsolete {
  const leaving = new Leaving(facts);
  leaving.keepWhatIsNeeded();
  const updates = new Map([...facts.whole].filter(([key]) => leaving.updates.has(key)));
  return { updates, revisions: [...leaving.old.values()].filter((revision) => !updates.has(revision.updateKey)) };
}

/** What still may go; nothing comes back once it is kept, and everything that is kept is looked at once. */
class Leaving {
  readonly updates: Set<number>;
  /** Old revisions that may go by themselves, by id. */
  readonly old: Map<number, RevisionReference>;
  readonly #whole: ObsoleteFacts['whole'];
  readonly #idOf: ReadonlyMap<string, number>;
  readonly #updateOf: ReadonlyMap<number, number>;
  readonly #namingsBy: ReadonlyMap<number, readonly Naming[]>;
  readonly #supersedingOf: ReadonlyMap<number, readonly Superseding[]>;
  /** Revisions that stay and whose needs are to be looked at. */
  readonly #staying: number[] = [];

  constructor(facts: ObsoleteFacts) {
    this.#whole = facts.whole;
    this.updates = new Set(facts.whole.keys());
    this.old = new Map(facts.old.map((revision) => [revision.revisionId, revision]));
    this.#idOf = new Map(
      facts.old.map((revision) => [`${revision.updateKey}.${revision.revisionNumber}`, revision.revisionId]),
    );
    this.#updateOf = new Map(
      [...facts.whole].flatMap(([key, revisions]) => revisions.map((revision) => [revision.revisionId, key] as const)),
    );
    this.#namingsBy = grouped(facts.namings, (naming) => naming.revisionId);
    this.#supersedingOf = grouped(facts.superseding, (superseding) => superseding.update);
  }

  keepWhatIsNeeded(): void {
    for (const [update, all] of this.#supersedingOf)
      if (!this.updates.has(update)) for (const { by } of all) this.#keepUpdate(by);
    for (const revisionId of this.#namingsBy.keys())
      if (!this.old.has(revisionId) && !this.updates.has(this.#updateOf.get(revisionId) ?? -1))
        this.#staying.push(revisionId);
    for (let revisionId = this.#staying.pop(); revisionId !== undefined; revisionId = this.#staying.pop()) {
      for (const naming of this.#namingsBy.get(revisionId) ?? []) this.#keepNamed(naming);
    }
  }

  #keepNamed({ owner, updateKey, revisionNumber }: Naming): void {
    const exact = this.#idOf.get(`${updateKey}.${revisionNumber}`);
    if (exact !== undefined && this.old.delete(exact)) this.#staying.push(exact);
    // An update of which one revision is needed stays.
    if (owner !== updateKey || exact !== undefined) this.#keepUpdate(updateKey);
  }

  /** The update stays with what it supersedes in mind; its old revisions may still go. */
  #keepUpdate(updateKey: number): void {
    for (const kept = [updateKey]; ;) {
      const key = kept.pop();
      if (key === undefined) return;
      if (!this.updates.delete(key)) continue;
      for (const { revisionId } of this.#whole.get(key) ?? [])
        if (!this.old.has(revisionId)) this.#staying.push(revisionId);
      for (const { by } of this.#supersedingOf.get(key) ?? []) kept.push(by);
    }
  }
}

function grouped<Item>(items: readonly Item[], keyOf: (item: Item) => number): ReadonlyMap<number, readonly Item[]> {
  const groups = new Map<number, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}
