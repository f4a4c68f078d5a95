import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { KeyedCertificate } from '../downstream/port/TlsDoor.js';
import { authorityCertificate, takeAuthority } from '../link/certificates/siteCertificates.js';
import type { ParentRecord } from '../link/ParentRecord.js';
import { readText } from '../platform/files/readText.js';
import { replaceFile } from '../platform/replaceFile.js';
import type { Sealer } from '../platform/sealSecret.js';
import { systemErrorCode } from '../platform/systemErrorCode.js';
import { readSiteKeys, SECRET_NAMES, writeSiteKeys } from '../repair/siteKeys.js';
import type { DatabaseSeal } from '../site/databaseKey.js';
import { SITE_FILES, type SiteFolder } from '../site/SiteFolder.js';
import { hasSecret } from '../site/siteSecrets.js';
import { SITE_ROW } from '../store/SharedRows.js';

const AUTHORITY = 'authority';
const PARENT = 'parent';

/** What opens rows, and writes what is in them into a folder. */
interface Taking {
  readonly seal: DatabaseSeal;
  readonly sealer: Sealer;
  readonly now: () => Date;
}

/** Writes what a folder has not taken of the rows yet. @throws SyncError DatabaseKeyWrong, SecretSealFailed */
export async function takeKeys(rows: ReadonlyMap<string, Uint8Array>, site: SiteFolder, taking: Taking): Promise<void> {
  const taken = readTaken(site);
  const changed = [...rows].filter(([name, sealed]) => name !== SITE_ROW && taken[name] !== digestOf(sealed));
  if (changed.length === 0) return;
  for (const [name, sealed] of changed) {
    await write(site, [name, taking.seal.open(name, sealed)], taking);
    taken[name] = digestOf(sealed);
  }
  await replaceFile(join(site.path, SITE_FILES.sharedKeys), `${JSON.stringify({ format: 1, taken })}\n`, {
    files: site.files,
    mode: 0o660,
  });
}

async function write(
  site: SiteFolder,
  [name, text]: readonly [name: string, text: string],
  { sealer, now }: Taking,
): Promise<void> {
  if (name === AUTHORITY) await takeAuthority(JSON.parse(text) as KeyedCertificate, { site, sealer, now: now() });
  else if (name === PARENT) await writeSiteKeys(site, { parent: JSON.parse(text) as ParentRecord }, sealer);
  else await writeSiteKeys(site, { [name]: text }, sealer);
}

/** The names of those that a folder has; none is opened for that. */
export function keyNames(site: SiteFolder): readonly string[] {
  const secrets = SECRET_NAMES.filter((name) => hasSecret(site, name));
  const authority = authorityCertificate(site) === undefined ? [] : [AUTHORITY];
  return [...secrets, ...authority, ...(site.files.existsSync(join(site.path, SITE_FILES.parent)) ? [PARENT] : [])];
}

/** Those that a folder has, by their names. @throws SyncError SecretSealFailed */
export async function keyTexts(site: SiteFolder, sealer: Sealer): Promise<ReadonlyMap<string, string>> {
  const { certificates, parent, ...secrets } = await readSiteKeys(site, sealer);
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
