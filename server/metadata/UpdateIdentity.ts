import type { Steps } from '../platform/inTurns.js';

/**
 * A revision of an update: GUID in lower case with hyphens, and the revision number (MS-WSUSSS 2.2.4, UpdateIdentity).
 */
export interface UpdateIdentity {
  readonly updateId: string;
  readonly revisionNumber: number;
}

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
/** Documents name the same categories again and again: to look them up takes a quarter of the time. */
const KNOWN = 4096;
const known = new Map<string, string>();

/** The GUID that a text of a document is, in lower case; undefined for any other text. */
export function updateIdOf(text: string): string | undefined {
  const before = known.get(text);
  if (before !== undefined) return before;
  const id = text.trim().toLowerCase();
  if (!GUID.test(id)) return undefined;
  if (known.size >= KNOWN) known.clear();
  known.set(text, id);
  return id;
}

/** The form used as a map key and in messages: `guid.revision`. */
export function identityKey(identity: UpdateIdentity): string {
  return `${identity.updateId}.${identity.revisionNumber}`;
}

/** Every revision once, in the order of its first appearance; servers repeat ids. */
export function* uniqueRevisions(revisions: readonly UpdateIdentity[]): Steps<readonly UpdateIdentity[]> {
  const seen = new Set<string>();
  const unique: UpdateIdentity[] = [];
  for (const identity of revisions) {
    const before = seen.size;
    if (seen.add(identityKey(identity)).size > before) unique.push(identity);
    yield;
  }
  return unique;
}

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
