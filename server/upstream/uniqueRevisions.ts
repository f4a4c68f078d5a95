import { identityKey, type UpdateIdentity } from '../metadata/UpdateIdentity.js';

/** Every revision once, in the order of its first appearance; servers repeat ids. */
export function uniqueRevisions(revisions: readonly UpdateIdentity[]): readonly UpdateIdentity[] {
  const seen = new Set<string>();
  const unique = revisions.filter((identity) => {
    const before = seen.size;
    return seen.add(identityKey(identity)).size > before;
  });
  return unique.length === revisions.length ? revisions : unique;
}
