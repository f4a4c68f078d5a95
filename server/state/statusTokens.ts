import { secretHash } from '../platform/secretHash.js';
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

/** Tells for the status page which tokens are accepted. */
export class StatusTokens {
  readonly #database: Database;
  readonly #now: () => Date;

  constructor(database: Database, now: () => Date) {
    this.#database = database;
    this.#now = now;
  }

  /** The hash of an accepted token; undefined for any other text. */
  async accept(token: string): Promise<string | undefined> {
    const hash = secretHash(token);
    return (await this.isAccepted(hash)) ? hash : undefined;
  }

  /** Whether the token with that hash is still accepted. */
  async isAccepted(hash: string): Promise<boolean> {
    const found = (await readStatusTokens(this.#database)).find((token) => token.hash === hash);
    return found !== undefined && !isExpired(found, this.#now());
  }
}
