import type { Steps } from '../platform/inTurns.js';
import { grouped } from './collections.js';

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
 * bundles an exact revision that goes, or bundles or requires an update that goes as a whole, and an update that goes
 * supersedes no software update that stays. Updates that only hold each other go together.
 */
export function* obsoleteRevisions(facts: ObsoleteFacts): Steps<Obsolete> {
  const leaving = new Leaving(facts, {
    namingsBy: yield* grouped(facts.namings, (naming) => naming.revisionId),
    supersedingOf: yield* grouped(facts.superseding, (superseding) => superseding.update),
  });
  yield* leaving.keepWhatIsNeeded();
  const updates = new Map<number, readonly RevisionReference[]>();
  for (const [key, revisions] of facts.whole) {
    if (leaving.updates.has(key)) updates.set(key, revisions);
    yield;
  }
  return { updates, revisions: [...leaving.old.values()].filter((revision) => !updates.has(revision.updateKey)) };
}

/** What still may go; nothing comes back once it is kept, and everything that is kept is looked at once. */
class Leaving {
  readonly updates: Set<number>;
  /** Old revisions that may go by themselves, by id. */
  readonly old: Map<number, RevisionReference>;
  readonly #whole: ObsoleteFacts['whole'];
  /** Ids of the old revisions by update and number, and the update of each revision in `whole`. */
  readonly #idOf = new Map<string, number>();
  readonly #updateOf = new Map<number, number>();
  readonly #namingsBy: ReadonlyMap<number, readonly Naming[]>;
  readonly #supersedingOf: ReadonlyMap<number, readonly Superseding[]>;
  /** Revisions that stay and whose needs are to be looked at. */
  readonly #staying: number[] = [];

  constructor(
    facts: ObsoleteFacts,
    relations: {
      readonly namingsBy: ReadonlyMap<number, readonly Naming[]>;
      readonly supersedingOf: ReadonlyMap<number, readonly Superseding[]>;
    },
  ) {
    this.#whole = facts.whole;
    this.updates = new Set(facts.whole.keys());
    this.old = new Map(facts.old.map((revision) => [revision.revisionId, revision]));
    this.#namingsBy = relations.namingsBy;
    this.#supersedingOf = relations.supersedingOf;
  }

  *keepWhatIsNeeded(): Steps<void> {
    for (const { updateKey, revisionNumber, revisionId } of this.old.values()) {
      this.#idOf.set(`${updateKey}.${revisionNumber}`, revisionId);
      yield;
    }
    for (const [key, revisions] of this.#whole) {
      for (const { revisionId } of revisions) this.#updateOf.set(revisionId, key);
      yield;
    }
    for (const [update, all] of this.#supersedingOf) {
      if (!this.updates.has(update)) for (const { by } of all) yield* this.#keepUpdate(by);
      yield;
    }
    for (const revisionId of this.#namingsBy.keys())
      if (!this.old.has(revisionId) && !this.updates.has(this.#updateOf.get(revisionId) ?? -1))
        this.#staying.push(revisionId);
    for (let revisionId = this.#staying.pop(); revisionId !== undefined; revisionId = this.#staying.pop()) {
      for (const naming of this.#namingsBy.get(revisionId) ?? []) yield* this.#keepNamed(naming);
      yield;
    }
  }

  *#keepNamed({ owner, updateKey, revisionNumber }: Naming): Steps<void> {
    const exact = this.#idOf.get(`${updateKey}.${revisionNumber}`);
    if (exact !== undefined && this.old.delete(exact)) this.#staying.push(exact);
    // An update of which one revision is needed stays.
    if (owner !== updateKey || exact !== undefined) yield* this.#keepUpdate(updateKey);
  }

  /** The update stays with what it supersedes in mind; its old revisions may still go. */
  *#keepUpdate(updateKey: number): Steps<void> {
    for (const kept = [updateKey]; ;) {
      const key = kept.pop();
      if (key === undefined) return;
      yield;
      if (!this.updates.delete(key)) continue;
      for (const { revisionId } of this.#whole.get(key) ?? [])
        if (!this.old.has(revisionId)) this.#staying.push(revisionId);
      for (const { by } of this.#supersedingOf.get(key) ?? []) kept.push(by);
    }
  }
}

/** A stored revision by its row, its update and its number. */
export interface RevisionReference {
  readonly revisionId: number;
  readonly updateKey: number;
  readonly revisionNumber: number;
}

/**
 * The stored revision `revisionId` of the update `owner` names an update: bundled with that exact number, else (number
 * 0) as a whole.
 */
export interface Naming {
  readonly revisionId: number;
  readonly owner: number;
  readonly updateKey: number;
  readonly revisionNumber: number;
}

/** The current revision of the software update `by` names `update`, which has a row too, as superseded. */
export interface Superseding {
  readonly update: number;
  readonly by: number;
}
