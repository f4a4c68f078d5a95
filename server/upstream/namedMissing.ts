import { identityKey, type UpdateIdentity } from '../metadata/UpdateIdentity.js';

/**
 * The revisions of a batch that a fault names as missing, as Microsoft Update does: "Missing Revisions: guid.rev, …".
 */
export function namedMissing(text: string, batch: readonly UpdateIdentity[]): ReadonlySet<string> {
  const list = /Missing Revisions:(.*)/is.exec(text)?.[1] ?? '';
  const named = new Set(list.toLowerCase().match(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.\d+/g) ?? []);
  return new Set(batch.map(identityKey).filter((key) => named.has(key)));
}
