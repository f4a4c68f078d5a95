import type { SiteReads } from '../store/SiteDatabase.js';
import { readState, STATE, type StoredStatusToken } from './siteState.js';

type Database = Pick<SiteReads, 'setting'>;

/** The tokens for the status page, also those that have expired. */
export async function readStatusTokens(database: Database): Promise<readonly StoredStatusToken[]> {
  return (await readState(database, STATE.statusTokens)) ?? [];
}

/** Whether a token is not accepted any more. */
export function isExpired({ expires }: Pick<StoredStatusToken, 'expires'>, now: Date): boolean {
  return Date.parse(expires) <= now.getTime();
}
