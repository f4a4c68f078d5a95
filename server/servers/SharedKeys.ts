import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { KeyedCertificate } from '../downstream/port/TlsDoor.js';
import { authorityCertificate, siteCertificates, takeAuthority } from '../link/certificates/siteCertificates.js';
import type { ParentRecord } from '../link/ParentRecord.js';
import { Mutex } from '../platform/Mutex.js';
import { readText } from '../platform/files/readText.js';
import { replaceFile } from '../platform/replaceFile.js';
import type { Sealer } from '../platform/sealSecret.js';
import { systemErrorCode } from '../platform/systemErrorCode.js';
import { readSiteKeys, SECRET_NAMES, type SiteKeys, writeSiteKeys } from '../repair/siteKeys.js';
import type { DatabaseSeal } from '../site/databaseKey.js';
import { SITE_FILES, type SiteDescription, type SiteFolder } from '../site/SiteFolder.js';
import { hasSecret } from '../site/siteSecrets.js';
import type { SharedKeyRows } from '../store/SharedRows.js';

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

/** The row that says which site it is; it is there once all others are. */
const SITE = 'site';
const AUTHORITY = 'authority';
const PARENT = 'parent';

/**
 * The keys of a site that several servers share. The database is what counts, where they are sealed; each server has
 * them in the files of its folder too, which is where they are read.
 */
export class SharedKeys {
  readonly #options: SharedKeysOptions;
  readonly #taking = new Mutex();

  constructor(options: SharedKeysOptions) {
    this.#options = options;
  }

  /** Whether a server has given its keys before. */
  static isShared(rows: ReadonlyMap<string, Uint8Array>): boolean {
    return rows.has(SITE);
  }

  /** Puts one into the database, before it is written into a folder. */
  readonly keep = async (name: string, text: string): Promise<void> => this.#put(new Map([[name, text]]));

  /** The site whose keys these are; undefined where none has been shared yet. @throws SyncError DatabaseKeyWrong */
  async site(): Promise<SharedSite | undefined> {
    const row = (await this.#options.rows.all()).get(SITE);
    return row === undefined ? undefined : (JSON.parse(this.#options.seal.open(SITE, row)) as SharedSite);
  }

  /**
   * Brings database and folder together: the first server gives what it has, any other takes it. `site` is without
   * `keepShared`. @throws SyncError DatabaseKeyWrong, SecretSealFailed, CertificatesInvalid
   */
  async open(site: SiteFolder): Promise<void> {
    const rows = await this.#options.rows.all();
    const shared = rows.get(SITE);
    if (shared === undefined) return this.#give(site);
    this.#options.seal.open(SITE, shared);
    await this.#take(site, rows);
    const missing = namesIn(site).filter((name) => !rows.has(name));
    if (missing.length > 0) await this.#giveThose(site, missing);
  }

  /** Takes what another server has changed since. */
  async take(site: SiteFolder): Promise<void> {
    await this.#taking.take(async () => this.#take(site, await this.#options.rows.all()));
  }

  /** The authority is made if there is none: two servers must not make two. */
  async #give(site: SiteFolder): Promise<void> {
    const { sealer, now } = this.#options;
    await siteCertificates({ site, sealer, now: now(), furtherNames: [] });
    await this.#giveThose(site, namesIn(site));
    await this.#put(new Map([[SITE, JSON.stringify(sharedSiteOf(site))]]));
  }

  async #giveThose(site: SiteFolder, names: readonly string[]): Promise<void> {
    const texts = textsOf(await readSiteKeys(site, this.#options.sealer));
    await this.#put(new Map([...texts].filter(([name]) => names.includes(name))));
  }

  async #put(texts: ReadonlyMap<string, string>): Promise<void> {
    const { rows, seal, self } = this.#options;
    await rows.put(new Map([...texts].map(([name, text]) => [name, seal.close(name, text)])), self);
  }

  async #take(site: SiteFolder, rows: ReadonlyMap<string, Uint8Array>): Promise<void> {
    const taken = readTaken(site);
    const changed = [...rows].filter(([name, sealed]) => name !== SITE && taken[name] !== digestOf(sealed));
    if (changed.length === 0) return;
    for (const [name, sealed] of changed) {
      await this.#write(site, name, this.#options.seal.open(name, sealed));
      taken[name] = digestOf(sealed);
    }
    await replaceFile(join(site.path, SITE_FILES.sharedKeys), `${JSON.stringify({ format: 1, taken })}\n`, {
      files: site.files,
      mode: 0o660,
    });
  }

  async #write(site: SiteFolder, name: string, text: string): Promise<void> {
    const { sealer, now } = this.#options;
    if (name === AUTHORITY) await takeAuthority(JSON.parse(text) as KeyedCertificate, { site, sealer, now: now() });
    else if (name === PARENT) await writeSiteKeys(site, { parent: JSON.parse(text) as ParentRecord }, sealer);
    else await writeSiteKeys(site, { [name]: text }, sealer);
  }
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

/** Those that a folder has; none is opened for that. */
function namesIn(site: SiteFolder): readonly string[] {
  const secrets = SECRET_NAMES.filter((name) => hasSecret(site, name));
  const authority = authorityCertificate(site) === undefined ? [] : [AUTHORITY];
  return [...secrets, ...authority, ...(site.files.existsSync(join(site.path, SITE_FILES.parent)) ? [PARENT] : [])];
}

function textsOf({ certificates, parent, ...secrets }: SiteKeys): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const name of SECRET_NAMES) {
    const text = secrets[name];
    if (text !== undefined) texts.set(name, text);
  }
  if (certificates !== undefined) texts.set(AUTHORITY, JSON.stringify(certificates.authority));
  if (parent !== undefined) texts.set(PARENT, JSON.stringify(parent));
  return texts;
}

/** Which rows a folder has taken, by the digest of what was sealed. Unreadable counts as none: it is taken again. */
function readTaken(site: SiteFolder): Record<string, string> {
  try {
    const stored = JSON.parse(readText(site.files, join(site.path, SITE_FILES.sharedKeys))) as {
      readonly format?: number;
      readonly taken?: Record<string, string>;
    };
    return stored.format === 1 ? { ...stored.taken } : {};
  } catch (caught) {
    if (caught instanceof SyntaxError || systemErrorCode(caught) === 'ENOENT') return {};
    throw caught;
  }
}

function digestOf(sealed: Uint8Array): string {
  return createHash('sha256').update(sealed).digest('hex');
}
