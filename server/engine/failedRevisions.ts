import { identityKey, type UpdateIdentity } from '../metadata/UpdateIdentity.js';
import type { SiteDatabase } from '../store/SiteDatabase.js';

/** The revisions that an earlier run could not bring, by the name of their setting. */
export async function failedRevisions(database: SiteDatabase, setting: string): Promise<readonly UpdateIdentity[]> {
  return ((await database.setting(setting)) as readonly UpdateIdentity[] | undefined) ?? [];
}

/**
 * Those of them to ask for once more: not what a newer stored revision has replaced, and not what a complete list of
 * the
 * upstream (`listed`) leaves out.
 */
export async function revisionsToRetry(
  database: SiteDatabase,
  setting: string,
  listed?: readonly UpdateIdentity[],
): Promise<readonly UpdateIdentity[]> {
  const failed = await failedRevisions(database, setting);
  if (failed.length === 0) return failed;
  const outdated = new Set((await database.outdatedRevisions(failed)).map(identityKey));
  const named = listed === undefined ? undefined : new Set(listed.map(identityKey));
  return failed.filter(
    (identity) => !outdated.has(identityKey(identity)) && named?.has(identityKey(identity)) !== false,
  );
}

/** The list as it is stored: each once, in an order that does not depend on how they were asked for. */
export function failedList(failed: readonly UpdateIdentity[]): readonly UpdateIdentity[] {
  const byKey = new Map(
    failed.map(({ updateId, revisionNumber }) => [
      identityKey({ updateId, revisionNumber }),
      { updateId, revisionNumber },
    ]),
  );
  return [...byKey.entries()].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, identity]) => identity);
}
