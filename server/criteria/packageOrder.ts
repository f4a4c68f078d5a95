import type { Steps } from '../platform/inTurns.js';
import { sorted } from './collections.js';

/** A revision to be placed: its rank among the kinds (lower goes first), in the order in which it was stored. */
export interface RankedRevision {
  readonly revisionId: number;
  readonly rank: number;
}

/** Ranks of the kinds in a package (wsus-protocol section 3.5): what others refer to goes before them. */
export const PACKAGE_RANK = {
  UpdateClassification: 0,
  Company: 1,
  ProductFamily: 2,
  Product: 3,
  category: 4,
  detectoid: 5,
  update: 6,
} as const;

/**
 * The order of a package: by rank, then as stored, and the children of a bundle before it. Bundles that hold one
 * another end in the order they are met.
 * @returns revision ids
 */
export function* packageOrder(
  revisions: readonly RankedRevision[],
  childrenOf: ReadonlyMap<number, readonly number[]>,
): Steps<readonly number[]> {
  const ranked = yield* sorted(revisions, (one, other) => one.rank - other.rank || one.revisionId - other.revisionId);
  const open = new Set(ranked.map(({ revisionId }) => revisionId));
  const ordered: number[] = [];
  for (const { revisionId } of ranked) yield* place(revisionId, { open, ordered, childrenOf });
  return ordered;
}

interface Placing {
  readonly open: Set<number>;
  readonly ordered: number[];
  readonly childrenOf: ReadonlyMap<number, readonly number[]>;
}

/** Without recursion: a chain of bundles may be as long as it likes. */
function* place(revisionId: number, { open, ordered, childrenOf }: Placing): Steps<void> {
  const path: number[] = [];
  const waiting = [revisionId];
  for (let next = waiting.at(-1); next !== undefined; next = waiting.at(-1)) {
    if (path.at(-1) === next) {
      path.pop();
      waiting.pop();
      ordered.push(next);
    } else if (open.delete(next)) {
      path.push(next);
      for (const child of [...(childrenOf.get(next) ?? [])].reverse()) if (open.has(child)) waiting.push(child);
    } else {
      waiting.pop();
    }
    yield;
  }
}
