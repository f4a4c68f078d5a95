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
import { SITE_ROW, type SharedKeyRows } from '../store/SharedRows.js';

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
    return rows.has(SITE_ROW);
  }

  /** Puts one into the database, before it is written into a folder. @throws SyncError ServerNotOwner and its like */
  readonly keep = async (name: string, text: string): Promise<void> =>
    this.#options.rows.put(this.#sealed(new Map([[name, text]])), this.#options.self);

  /** The site whose keys these are; undefined where none has been shared yet. @throws SyncError DatabaseKeyWrong */
  async site(): Promise<SharedSite | undefined> {
    const row = (await this.#options.rows.all()).get(SITE_ROW);
    return row === undefined ? undefined : (JSON.parse(this.#options.seal.open(SITE_ROW, row)) as SharedSite);
  }

  /**
   * Brings database and folder together: the first server gives what it has, any other takes it. `site` is without
   * `keepShared`. @throws SyncError DatabaseKeyWrong, SecretSealFailed, CertificatesInvalid
   */
  async open(site: SiteFolder): Promise<void> {
    const rows = await this.#options.rows.all();
    const shared = rows.get(SITE_ROW);
    if (shared !== undefined) {
      this.#options.seal.open(SITE_ROW, shared);
      await this.#take(site, rows);
    }
    // Where another server was faster, its keys are the ones.
    if (!(await this.#give(site, rows))) return this.open(site);
  }

  /** Takes what another server has changed since. */
  async take(site: SiteFolder): Promise<void> {
    await this.#taking.take(async () => this.#take(site, await this.#options.rows.all()));
  }

  /** What the database lacks of the folder; false where other keys have come there meanwhile. */
  async #give(site: SiteFolder, rows: ReadonlyMap<string, Uint8Array>): Promise<boolean> {
    const { sealer, now, self: by } = this.#options;
    const shared = rows.get(SITE_ROW);
    // The authority is made if there is none: two servers must not make two.
    if (shared === undefined) await siteCertificates({ site, sealer, now: now(), furtherNames: [] });
    const missing = namesIn(site).filter((name) => shared === undefined || !rows.has(name));
    if (shared !== undefined && missing.length === 0) return true;
    const texts = new Map([...textsOf(await readSiteKeys(site, sealer))].filter(([name]) => missing.includes(name)));
    if (shared === undefined) texts.set(SITE_ROW, JSON.stringify(sharedSiteOf(site)));
    return this.#options.rows.add(this.#sealed(texts), { by, site: shared });
  }

  #sealed(texts: ReadonlyMap<string, string>): ReadonlyMap<string, Uint8Array> {
    return new Map([...texts].map(([name, text]) => [name, this.#options.seal.close(name, text)]));
  }

  async #take(site: SiteFolder, rows: ReadonlyMap<string, Uint8Array>): Promise<void> {
    const taken = readTaken(site);
    const changed = [...rows].filter(([name, sealed]) => name !== SITE_ROW && taken[name] !== digestOf(sealed));
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
