import { SyncError } from '../errors/SyncError.js';
import { secretHash } from '../platform/secretHash.js';
import type { NodeRole } from '../site/describeSite.js';
import { readState, STATE, stateChange, type StoredToken } from '../state/siteState.js';
import type { SiteChanges } from '../store/SiteChanges.js';
import type { SiteDatabase } from '../store/SiteDatabase.js';

/** Expired tokens are told from unknown ones for so long. */
const REMEMBERED_MS = 30 * 86_400_000;
const MOST = 1000;

/** The join tokens of a site that were not used yet. Whoever changes them takes a turn, so that none is used twice. */
export class TokenStore {
  readonly #database: SiteDatabase;

  constructor(database: SiteDatabase) {
    this.#database = database;
  }

  /** Stores a token. */
  async add(token: StoredToken, now: Date): Promise<void> {
    const others = (await this.#read()).filter((other) => Date.parse(other.expires) > now.getTime() - REMEMBERED_MS);
    await this.#database.commit({ settings: stateChange({ joinTokens: [...others.slice(1 - MOST), token] }) });
  }

  /**
   * Finds the token of a secret; the changes spend it, in the transaction that adds the node.
   * @throws SyncError JoinTokenRefused, JoinTokenExpired
   */
  async find(
    secret: string,
    { now, siteCode }: { readonly now: Date; readonly siteCode: string },
  ): Promise<{ readonly role: NodeRole; readonly spend: SiteChanges }> {
    const tokens = await this.#read();
    const hash = secretHash(secret);
    const token = tokens.find((other) => other.hash === hash);
    if (token === undefined) throw new SyncError('JoinTokenRefused', { site: siteCode });
    if (Date.parse(token.expires) <= now.getTime())
      throw new SyncError('JoinTokenExpired', { site: siteCode, time: token.expires });
    return {
      role: token.role,
      spend: { settings: stateChange({ joinTokens: tokens.filter((other) => other !== token) }) },
    };
  }

  async #read(): Promise<readonly StoredToken[]> {
    return (await readState(this.#database, STATE.joinTokens)) ?? [];
  }
}
