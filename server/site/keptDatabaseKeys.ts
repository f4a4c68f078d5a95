import { SyncError } from '../errors/SyncError.js';
import type { Sealer } from '../platform/sealSecret.js';
import type { SiteFolder } from './SiteFolder.js';
import { readSecret, writeSecrets } from './siteSecrets.js';

/** Where a folder has keys of the database: that in use, one that is to come, and the one before. */
const NAMES = ['databaseKey', 'nextDatabaseKey', 'previousDatabaseKey'] as const;

/** All that there are, that in use first. @throws SyncError SecretSealFailed */
export async function keptDatabaseKeys(site: SiteFolder, sealer: Sealer): Promise<readonly string[]> {
  const keys: string[] = [];
  for (const name of NAMES) keys.push((await readSecret(site, name, sealer)) ?? '');
  return keys.filter((key) => key !== '');
}

/** A folder lacks the key of its database. */
export function noDatabaseKey({ siteCode }: Pick<SiteFolder, 'siteCode'>): SyncError {
  return new SyncError('DatabaseKeyInvalid', { reason: `it is not among the secrets of the site ${siteCode}` });
}

/**
 * Uses a key from here on; the one before stays, for a database that is put back to its time. Another one that is to
 * come stays too: a transaction that nobody has heard of again may still seal the database with it.
 */
export async function useDatabaseKey(site: SiteFolder, key: string, sealer: Sealer): Promise<void> {
  const before = (await readSecret(site, 'databaseKey', sealer)) ?? '';
  const next = (await readSecret(site, 'nextDatabaseKey', sealer)) ?? '';
  await writeSecrets(
    site,
    {
      databaseKey: key,
      ...(next === key ? { nextDatabaseKey: '' } : {}),
      ...(before === key ? {} : { previousDatabaseKey: before }),
    },
    sealer,
  );
}
