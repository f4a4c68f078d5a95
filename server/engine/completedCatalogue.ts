import type { SiteDatabase } from '../store/SiteDatabase.js';
import { STATE } from './catalogueState.js';

/**
 * The highest revision id with which the catalogue was whole, 0 for none. A store that was never completed by this
 * version is whole up to where its closure was looked at.
 */
export async function completedChange(database: Pick<SiteDatabase, 'setting'>): Promise<number> {
  const completed = await database.setting(STATE.servedChange);
  return typeof completed === 'number'
    ? completed
    : Math.max(0, Number((await database.setting(STATE.closureFrom)) ?? 1) - 1);
}

/** Which database the revision ids are of; one that was never asked gets the id that `newGuid` gives, for good. */
export async function catalogueId(
  database: Pick<SiteDatabase, 'setting' | 'commit'>,
  newGuid: () => string,
): Promise<string> {
  const known = await database.setting(STATE.servedBy);
  if (typeof known === 'string') return known;
  const id = newGuid();
  await database.commit({ settings: { [STATE.servedBy]: id } });
  return id;
}
