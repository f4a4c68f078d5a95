import { join } from 'node:path';
import { reasonOf, SyncError } from '../errors/SyncError.js';
import { Mutex } from '../platform/Mutex.js';
import { inFileTurn } from '../platform/files/fileTurn.js';
import { readText } from '../platform/files/readText.js';
import { replaceFile } from '../platform/replaceFile.js';
import type { Sealer, StoredSecret } from '../platform/sealSecret.js';
import { systemErrorCode } from '../platform/systemErrorCode.js';
import { filesOf } from './SiteFolder.js';
import type { SiteFolder } from './SiteFolder.js';

/** What a site keeps beside its database because no backup or export of that may hold it. */
interface SiteSecrets {
  readonly proxyPassword?: string;
  readonly smtpPassword?: string;
  /** That for the mail server of the parent. */
  readonly inheritedSmtpPassword?: string;
  /** JSON text: the secret that signs the webhook of each subscription, by its number. */
  readonly webhookSecrets?: string;
  /** JSON text: the address of the webhook of each subscription, by its number: whoever knows it can post there. */
  readonly webhookAddresses?: string;
  /** The Ed25519 key that signs exports, PKCS #8 in base64. */
  readonly packageKey?: string;
  /** The address of the database in PostgreSQL, with its password. */
  readonly databaseAddress?: string;
  /** What seals the keys of the site in that database. */
  readonly databaseKey?: string;
  /** The key that is to take its place, until the database is known to be sealed with it. */
  readonly nextDatabaseKey?: string;
  /** The key before the last change. */
  readonly previousDatabaseKey?: string;
}

/** Secrets of one server of the site: each has its own, or could not read the database without them. */
const OF_THE_SERVER: readonly string[] = ['databaseAddress', 'databaseKey', 'nextDatabaseKey', 'previousDatabaseKey'];

/** What one change has written the next one keeps, also that of another process. */
const writing = new Mutex();

/** The site folder that holds the secrets. */
type SecretPlace = Pick<SiteFolder, 'path' | 'secret'> & Partial<Pick<SiteFolder, 'files' | 'keepShared'>>;

/**
 * `secrets.json`: on Windows each secret is sealed for the machine, elsewhere the permissions of the file are the
 * protection.
 */
type StoredSecrets = { readonly [Name in keyof SiteSecrets]: StoredSecret };

const FILE = 'secrets.json';

/** Reads one secret of a site; undefined where there is none. @throws SyncError SecretSealFailed, SiteFileInvalid */
export async function readSecret(
  site: SecretPlace,
  name: keyof SiteSecrets,
  sealer: Sealer,
): Promise<string | undefined> {
  const stored = readStored(site)[name];
  return stored === undefined ? undefined : sealer.open(stored, site.secret);
}

/** Whether a site has a secret. It is not opened: that takes a process on Windows. @throws SyncError SiteFileInvalid */
export function hasSecret(site: SecretPlace, name: keyof SiteSecrets): boolean {
  const stored = readStored(site)[name];
  return stored !== undefined && stored !== '';
}

/**
 * Changes secrets, '' to forget one; only those who may use the site can read the file. @throws SyncError
 * SecretSealFailed
 */
export async function writeSecrets(site: SecretPlace, changes: SiteSecrets, sealer: Sealer): Promise<void> {
  const sealed: Record<string, StoredSecret> = {};
  for (const [name, secret] of Object.entries(changes) as [string, string][]) {
    if (!OF_THE_SERVER.includes(name)) await site.keepShared?.(name, secret);
    sealed[name] = await sealer.seal(secret, site.secret);
  }
  // What the mode gives to the group the umask of an engine takes away where the site has no operators.
  const [path, files] = [join(site.path, FILE), filesOf(site)];
  const write = async (): Promise<void> =>
    replaceFile(path, `${JSON.stringify({ ...readStored(site), ...sealed })}\n`, { files, mode: 0o660 });
  await writing.take(async () => inFileTurn(path, write, { files }));
}

function readStored(site: SecretPlace): StoredSecrets {
  try {
    return JSON.parse(readText(filesOf(site), join(site.path, FILE))) as StoredSecrets;
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return {};
    throw new SyncError(
      'SiteFileInvalid',
      { path: site.path, reason: `${FILE} cannot be read (${reasonOf(error)})` },
      { cause: error },
    );
  }
}
