import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto';
import { join } from 'node:path';
import { readCertificates, type StoredKeys, writeCertificates } from '../link/certificates/siteCertificates.js';
import { type ParentRecord, readParentRecord, writeParentRecord } from '../link/ParentRecord.js';
import type { Sealer } from '../platform/sealSecret.js';
import { SITE_FILES, type SiteFolder } from '../site/SiteFolder.js';
import { readSecret, writeSecrets } from '../site/siteSecrets.js';

/** Cost of the key: about 60 ms and 64 MB for each guess. */
const COST = { N: 65_536, r: 8, p: 1 } as const;
const KEY = 32;
const CIPHER = 'aes-256-gcm';

/** A text behind a password. */
interface PasswordBox {
  readonly kdf: 'scrypt';
  readonly cost: typeof COST;
  readonly cipher: typeof CIPHER;
  /** Base64, as the three that follow. */
  readonly salt: string;
  readonly iv: string;
  readonly tag: string;
  readonly data: string;
}

/** Puts a text behind a password. */
export async function closeBox(text: string, password: string): Promise<string> {
  const [salt, iv] = [randomBytes(16), randomBytes(12)];
  const cipher = createCipheriv(CIPHER, await keyOf(password, salt), iv);
  const data = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  const base64 = (bytes: Buffer): string => bytes.toString('base64');
  const box: PasswordBox = {
    kdf: 'scrypt',
    cost: COST,
    cipher: CIPHER,
    salt: base64(salt),
    iv: base64(iv),
    tag: base64(cipher.getAuthTag()),
    data: base64(data),
  };
  return `${JSON.stringify(box, null, 2)}\n`;
}

/** The text; undefined where the password is another one. */
export async function openBox(stored: string, password: string): Promise<string | undefined> {
  const { salt, iv, tag, data } = JSON.parse(stored) as PasswordBox;
  const bytes = (text: string): Buffer => Buffer.from(text, 'base64');
  const cipher = createDecipheriv(CIPHER, await keyOf(password, bytes(salt)), bytes(iv), { authTagLength: 16 });
  cipher.setAuthTag(bytes(tag));
  try {
    return Buffer.concat([cipher.update(bytes(data)), cipher.final()]).toString('utf8');
  } catch {
    return undefined; // the tag tells another password from this one, and nothing more
  }
}

async function keyOf(password: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) =>
    scrypt(password.normalize('NFC'), salt, KEY, { ...COST, maxmem: 256 * 1024 * 1024 }, (error, key) =>
      error === null ? resolve(key) : reject(error),
    ),
  );
}

/** Everything of a site that nobody else may know, in the clear. */
export interface SiteKeys {
  readonly proxyPassword?: string | undefined;
  readonly smtpPassword?: string | undefined;
  readonly inheritedSmtpPassword?: string | undefined;
  readonly webhookSecrets?: string | undefined;
  readonly webhookAddresses?: string | undefined;
  readonly packageKey?: string | undefined;
  readonly certificates?: StoredKeys | undefined;
  readonly parent?: ParentRecord | undefined;
}

/** Those that stand in `secrets.json`. */
export const SECRET_NAMES = [
  'proxyPassword',
  'smtpPassword',
  'inheritedSmtpPassword',
  'webhookSecrets',
  'webhookAddresses',
  'packageKey',
] as const satisfies readonly (keyof SiteKeys)[];

/** A site folder whose keys are read or written. */
type KeyPlace = Pick<SiteFolder, 'path' | 'secret' | 'files' | 'siteCode' | 'siteGuid' | 'serverName'>;

/** What each secret is, and what has to be done where a restored site has it not. */
export const KEY_NAMES: Readonly<Record<keyof SiteKeys, { readonly what: string; readonly without: string }>> = {
  proxyPassword: { what: 'the password for the proxy', without: 'set it again' },
  smtpPassword: { what: 'the password for the mail server', without: 'set it again' },
  inheritedSmtpPassword: { what: "the password for the parent's mail server", without: 'the parent sends it again' },
  webhookSecrets: { what: 'the keys that sign webhooks', without: 'set them again' },
  webhookAddresses: { what: 'the addresses of webhooks', without: 'set them again' },
  packageKey: { what: 'the key that signs exports', without: 'a new one is made, which importing sites must trust' },
  certificates: { what: 'the certificates of the port', without: 'new ones are made, so nodes below must join again' },
  parent: { what: 'the key for the parent', without: 'join the site again' },
};

/** Reads the keys of a site. @throws SyncError SecretSealFailed, CertificatesInvalid, SiteFileInvalid */
export async function readSiteKeys(site: KeyPlace, sealer: Sealer): Promise<SiteKeys> {
  const secrets: Record<string, string | undefined> = {};
  for (const name of SECRET_NAMES) secrets[name] = await readSecret(site, name, sealer);
  return {
    ...secrets,
    certificates: await readCertificates({ site, sealer }),
    parent: await readParentRecord(site, sealer),
  };
}

/** The names of those that there are. */
export function namesOfKeys(keys: SiteKeys): (keyof SiteKeys)[] {
  return (Object.keys(KEY_NAMES) as (keyof SiteKeys)[]).filter((name) => keys[name] !== undefined && keys[name] !== '');
}

/** Writes keys into a site folder, sealed for it and this machine; those it has no value for stay as they are. */
export async function writeSiteKeys(site: KeyPlace, keys: SiteKeys, sealer: Sealer): Promise<void> {
  const { certificates, parent } = keys;
  for (const name of SECRET_NAMES) {
    const secret = keys[name];
    if (secret !== undefined) await writeSecrets(site, { [name]: secret }, sealer);
  }
  if (certificates !== undefined) await writeCertificates(certificates, { site, sealer });
  if (parent !== undefined) await writeParentRecord(site, parent, sealer);
}

/** The files that they stand in. */
const KEY_FILES: readonly string[] = ['secrets.json', SITE_FILES.certificates, SITE_FILES.parent];

/** Those of the files that a folder has. */
export function keyFilesIn({ files, path }: Pick<KeyPlace, 'files' | 'path'>): string[] {
  return KEY_FILES.filter((name) => files.existsSync(join(path, name)));
}
