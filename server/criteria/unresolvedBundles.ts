import type { Steps } from '../platform/inTurns.js';

/** A bundle by its key, and for each clause the keys of which one must be there. */
export interface BundleClauses {
  readonly key: string;
  readonly clauses: readonly (readonly string[])[];
}

/** A bundle that cannot be complete, and a revision that it lacks. */
export interface UnresolvedBundle {
  readonly key: string;
  readonly lacks: string;
}

/** A clause of a bundle, with how many of its members may still be there. */
interface Clause {
  readonly bundle: string;
  readonly first: string;
  open: number;
}

/**
 * The bundles of which a clause has no member that there is; a bundle that is lacking itself counts as not there for
 * those that hold it, on all levels.
 */
export function* unresolvedBundles(
  bundles: readonly BundleClauses[],
  isThere: (key: string) => boolean,
): Steps<readonly UnresolvedBundle[]> {
  const naming = new Map<string, Clause[]>();
  for (const { key, clauses } of bundles) {
    for (const members of clauses) noteClause(naming, key, members);
    yield;
  }
  const unresolved = new Map<string, UnresolvedBundle>();
  const gone = [...naming.keys()].filter((key) => !isThere(key));
  for (let key = gone.pop(); key !== undefined; key = gone.pop()) {
    for (const clause of naming.get(key) ?? []) {
      clause.open -= 1;
      if (clause.open > 0 || unresolved.has(clause.bundle)) continue;
      unresolved.set(clause.bundle, { key: clause.bundle, lacks: clause.first });
      if (isThere(clause.bundle)) gone.push(clause.bundle);
    }
    yield;
  }
  return [...unresolved.values()];
}

function noteClause(naming: Map<string, Clause[]>, bundle: string, members: readonly string[]): void {
  const different = new Set(members);
  const clause: Clause = { bundle, first: members[0] ?? bundle, open: different.size };
  for (const member of different) {
    const known = naming.get(member);
    if (known === undefined) naming.set(member, [clause]);
    else known.push(clause);
  }
}
