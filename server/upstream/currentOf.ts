import type { UpdateIdentity } from '../metadata/UpdateIdentity.js';

/**
 * The highest of the revisions of each id that was asked for (lower case), in the order asked; what was not asked for
 * is left out.
 */
export function currentOf(
  updateIds: readonly string[],
  revisions: readonly UpdateIdentity[],
): readonly UpdateIdentity[] {
  const current = new Map<string, UpdateIdentity | undefined>(updateIds.map((updateId) => [updateId, undefined]));
  for (const revision of revisions) {
    const known = current.get(revision.updateId);
    if (current.has(revision.updateId) && (known === undefined || revision.revisionNumber > known.revisionNumber))
      current.set(revision.updateId, revision);
  }
  return [...current.values()].filter((revision) => revision !== undefined);
}
