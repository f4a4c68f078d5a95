import { identityKey, type UpdateIdentity } from '../metadata/UpdateIdentity.js';
import type { Steps } from '../platform/inTurns.js';

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
