import { siteCertificates } from '../link/certificates/siteCertificates.js';
import { SyncError } from '../errors/SyncError.js';
import { Mutex } from '../platform/Mutex.js';
import type { Sealer } from '../platform/sealSecret.js';
import { DatabaseSeal, newDatabaseKey } from '../site/databaseKey.js';
import type { SiteDescription, SiteFolder } from '../site/SiteFolder.js';
import { keptDatabaseKeys, noDatabaseKey, useDatabaseKey } from '../site/keptDatabaseKeys.js';
import { readSecret, writeSecrets } from '../site/siteSecrets.js';
import { SITE_ROW, type SharedKeyRows } from '../store/SharedRows.js';
import { keyNames, keyTexts, takeKeys } from './folderKeys.js';

/** What a further server of a site is told of it. */
export type SharedSite = Pick<
  SiteDescription,
  'siteCode' | 'siteName' | 'type' | 'parentSiteCode' | 'created' | 'serverName' | 'siteGuid'
>;

/** What sharing the keys of a site needs. */
interface SharedKeysOptions {
  readonly rows: SharedKeyRows;
  readonly seal: DatabaseSeal;
  readonly sealer: Sealer;
  readonly now: () => Date;
  /** Id of this server. */
  readonly self: string;
}

const EARLIER_KEY =
  'The database of the site is sealed with the key from before the last change: it was put back to that time, or ' +
  'somebody who has that key has sealed it again. Make a new key on the owner of the site: Update-CMSyncDatabaseKey. ' +
  'Command line: configmgrsync site update-database-key.';

/**
 * The keys of a site that several servers share. The database is what counts, where they are sealed; each server has
 * them in the files of its folder too, which is where they are read.
 */
export class SharedKeys {
  readonly #options: SharedKeysOptions;
  /** What is read before a change of the key is not judged after it. */
  readonly #changing = new Mutex();
  #problem: SyncError | undefined;
  /** The key in use, where the folder could not be told yet. */
  #unkept: string | undefined;
  #isEarlier = false;

  constructor(options: SharedKeysOptions) {
    this.#options = options;
  }

  /** Whether a server has given its keys before. */
  static isShared(rows: ReadonlyMap<string, Uint8Array>): boolean {
    return rows.has(SITE_ROW);
  }

  /** Puts one into the database, before it is written into a folder. @throws SyncError ServerNotOwner and its like */
  readonly keep = async (name: string, text: string): Promise<void> => {
    const { rows, seal, self } = this.#options;
    await this.#changing.take(async () =>
      rows.change(self, (found) => {
        const shared = found.get(SITE_ROW);
        // Sealed with an older key nobody else could open it.
        if (shared !== undefined) seal.open(SITE_ROW, shared);
        return this.#sealed(new Map([[name, text]]));
      }),
    );
  };

  /** Why this server cannot open what the servers share; undefined where it can. */
  get problem(): SyncError | undefined {
    return this.#problem;
  }

  /** What an administrator should know of the key of the database, as a sentence; undefined where all is well. */
  get warning(): string | undefined {
    return this.#problem?.message ?? (this.#isEarlier ? EARLIER_KEY : undefined);
  }

  /** The key that opens what is in the database. @throws SyncError DatabaseKeyChanged, DatabaseKeyInvalid */
  async key(site: SiteFolder): Promise<string> {
    if (this.#problem !== undefined) throw this.#problem;
    const { seal, sealer } = this.#options;
    const used = (await keptDatabaseKeys(site, sealer)).find((key) => seal.isOf(key));
    if (used !== undefined) return used;
    throw noDatabaseKey(site);
  }

  /**
   * Seals all of them again with a new key, as the owner of the site. The key stands in the folder before the database
   * is sealed with it: whenever this ends, one of the two that stand there opens what is in the database. `site` is
   * without `keepShared`. @throws SyncError ServerNotOwner and its like, DatabaseKeyChanged, SecretSealFailed
   */
  async reseal(site: SiteFolder): Promise<void> {
    const { rows, seal, sealer, self } = this.#options;
    await this.#changing.take(async () => {
      // A change before this one whose answer was lost has ended afterwards, and its key is not needed or is in use.
      await rows.change(self, () => new Map());
      await this.#takeAll(site);
      const key = newDatabaseKey();
      const next = new DatabaseSeal(key, site.siteGuid);
      await writeSecrets(site, { nextDatabaseKey: key }, sealer);
      await rows.change(self, (found) => {
        // Done again after a lost answer, it finds what it has sealed.
        const old = [...found].filter(([name, sealed]) => !next.opens(name, sealed));
        return new Map(old.map(([name, sealed]) => [name, next.close(name, seal.open(name, sealed))]));
      });
      await this.#use(key, site);
    });
  }

  /** The site whose keys these are; undefined where none has been shared yet. @throws SyncError DatabaseKeyWrong */
  async site(): Promise<SharedSite | undefined> {
    const row = (await this.#options.rows.all()).get(SITE_ROW);
    return row === undefined ? undefined : (JSON.parse(this.#options.seal.open(SITE_ROW, row)) as SharedSite);
  }

  /**
   * Brings database and folder together: the first server gives what it has, any other takes it. `site` is without
   * `keepShared`. @throws SyncError DatabaseKeyChanged, SecretSealFailed, CertificatesInvalid
   */
  async open(site: SiteFolder): Promise<void> {
    const rows = await this.#options.rows.all();
    const shared = rows.get(SITE_ROW);
    if (shared !== undefined) {
      await this.#settle(site, shared);
      await takeKeys(rows, site, this.#options);
    }
    // Where another server was faster, its keys are the ones.
    if (!(await this.#give(site, rows))) return this.open(site);
  }

  /** Takes what another server has changed since. @throws SyncError DatabaseKeyChanged */
  async take(site: SiteFolder): Promise<void> {
    await this.#changing.take(async () => this.#takeAll(site));
  }

  async #takeAll(site: SiteFolder): Promise<void> {
    const rows = await this.#options.rows.all();
    const shared = rows.get(SITE_ROW);
    if (shared !== undefined) await this.#settle(site, shared);
    await takeKeys(rows, site, this.#options);
  }

  /** Finds the key that opens the row of the site: the one in use, or one that stands in the folder since. */
  async #settle(site: SiteFolder, shared: Uint8Array): Promise<void> {
    const isOpened = await this.#tryKeys(site, shared);
    this.#problem = isOpened ? undefined : keyChanged(site);
    if (this.#problem !== undefined) throw this.#problem;
  }

  async #tryKeys(site: SiteFolder, shared: Uint8Array): Promise<boolean> {
    const { seal, sealer } = this.#options;
    // One from before the last change may have become the one of the folder meanwhile.
    if (!this.#isEarlier && seal.opens(SITE_ROW, shared)) {
      if (this.#unkept !== undefined) await this.#use(this.#unkept, site);
      return true;
    }
    for (const key of await keptDatabaseKeys(site, sealer)) {
      if (!new DatabaseSeal(key, site.siteGuid).opens(SITE_ROW, shared)) continue;
      await this.#turnTo(key, site);
      return true;
    }
    return false;
  }

  /** The key before the last change is not made the one of the folder: an administrator decides that. */
  async #turnTo(key: string, site: SiteFolder): Promise<void> {
    const { seal, sealer } = this.#options;
    this.#isEarlier = key === (await readSecret(site, 'previousDatabaseKey', sealer));
    if (this.#isEarlier) seal.exchange(key);
    else await this.#use(key, site);
  }

  async #use(key: string, site: SiteFolder): Promise<void> {
    this.#options.seal.exchange(key);
    this.#unkept = key;
    await useDatabaseKey(site, key, this.#options.sealer);
    this.#unkept = undefined;
    this.#isEarlier = false;
  }

  /** What the database lacks of the folder; false where other keys have come there meanwhile. */
  async #give(site: SiteFolder, rows: ReadonlyMap<string, Uint8Array>): Promise<boolean> {
    const { sealer, now, self: by } = this.#options;
    const shared = rows.get(SITE_ROW);
    // The authority is made if there is none: two servers must not make two.
    if (shared === undefined) await siteCertificates({ site, sealer, now: now(), furtherNames: [] });
    const missing = keyNames(site).filter((name) => shared === undefined || !rows.has(name));
    if (shared !== undefined && missing.length === 0) return true;
    const texts = new Map([...(await keyTexts(site, sealer))].filter(([name]) => missing.includes(name)));
    if (shared === undefined) texts.set(SITE_ROW, JSON.stringify(sharedSiteOf(site)));
    return this.#options.rows.add(this.#sealed(texts), { by, site: shared });
  }

  #sealed(texts: ReadonlyMap<string, string>): ReadonlyMap<string, Uint8Array> {
    return new Map([...texts].map(([name, text]) => [name, this.#options.seal.close(name, text)]));
  }
}

function keyChanged({ siteCode, host, serverName }: Pick<SiteFolder, 'siteCode' | 'host' | 'serverName'>): SyncError {
  return new SyncError('DatabaseKeyChanged', { site: siteCode, server: host ?? serverName });
}

function sharedSiteOf(site: SiteFolder): SharedSite {
  const { siteCode, siteName, type, parentSiteCode, created, serverName, siteGuid } = site;
  return {
    siteCode,
    siteName,
    type,
    ...(parentSiteCode === undefined ? {} : { parentSiteCode }),
    created,
    serverName,
    siteGuid,
  };
}
