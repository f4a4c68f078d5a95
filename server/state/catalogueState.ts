import { identityKey, type UpdateIdentity } from '../metadata/UpdateIdentity.js';
import type { SiteDatabase } from '../store/SiteDatabase.js';
import { type FullDue, type NameOf, readState, STATE, stateChange, type StateChange } from './siteState.js';

/**
 * Makes the next lists complete ones, and the next synchronizations full ones until one succeeds; `also` is stored in
 * the same transaction.
 */
export async function forgetAnchors(database: SiteDatabase, due: FullDue, also: StateChange = {}): Promise<void> {
  await database.commit({
    settings: stateChange({ configAnchor: '', updatesAnchor: null, fullDue: due, ...also }),
  });
}

/**
 * The highest revision id with which the catalogue was whole, 0 for none. A store that was never completed by this
 * version is whole up to where its closure was looked at.
 */
export async function completedChange(database: Pick<SiteDatabase, 'setting'>): Promise<number> {
  const completed = await readState(database, STATE.servedChange);
  return completed ?? Math.max(0, ((await readState(database, STATE.closureFrom)) ?? 1) - 1);
}

/** Which database the revision ids are of; one that was never asked gets the id that `newGuid` gives, for good. */
export async function catalogueId(
  database: Pick<SiteDatabase, 'setting' | 'commit'>,
  newGuid: () => string,
): Promise<string> {
  const known = await readState(database, STATE.servedBy);
  if (known !== undefined) return known;
  const id = newGuid();
  await database.commit({ settings: stateChange({ servedBy: id }) });
  return id;
}

/** Where the revisions of each stream are that a run could not bring. */
type FailedName = NameOf<readonly UpdateIdentity[]>;

/** The revisions that an earlier run could not bring. */
export async function failedRevisions(
  database: Pick<SiteDatabase, 'setting'>,
  name: FailedName,
): Promise<readonly UpdateIdentity[]> {
  return (await readState(database, name)) ?? [];
}

/**
 * Those of them to ask for once more: not what a newer stored revision has replaced, and not what a complete list of
 * the
 * upstream (`listed`) leaves out.
 */
export async function revisionsToRetry(
  database: SiteDatabase,
  name: FailedName,
  listed?: readonly UpdateIdentity[],
): Promise<readonly UpdateIdentity[]> {
  const failed = await failedRevisions(database, name);
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
