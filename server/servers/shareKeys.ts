import { SyncError } from '../errors/SyncError.js';
import type { Sealer } from '../platform/sealSecret.js';
import type { SiteFolder } from '../site/SiteFolder.js';
import { DatabaseSeal, newDatabaseKey } from '../site/databaseKey.js';
import { readSecret, writeSecrets } from '../site/siteSecrets.js';
import type { SharedKeyRows } from '../store/SharedRows.js';
import { SharedKeys } from './SharedKeys.js';

/** A site folder that has its keys from the database, and puts those that change there. */
export interface SharingSite {
  readonly site: SiteFolder;
  readonly keys: SharedKeys;
  readonly seal: DatabaseSeal;
  /** Seals them again with a new key. */
  readonly changeKey: () => Promise<void>;
}

/**
 * Brings the keys in a folder and in the database together; the first server makes the key that seals them.
 * `self`: id of this server. Where the key was changed since, `problem`
 * of the keys says so. @throws SyncError DatabaseKeyInvalid where the folder has none
 */
export async function shareKeys(
  site: SiteFolder,
  { rows, self }: { readonly rows: SharedKeyRows; readonly self: string },
  sealer: Sealer,
): Promise<SharingSite> {
  const seal = new DatabaseSeal(await keyOf(site, rows, sealer), site.siteGuid);
  const keys = new SharedKeys({ rows, seal, sealer, now: () => new Date(), self });
  // With the keys in its folder a server goes on, until somebody gives it the new one.
  await keys.open(site).catch((caught: unknown) => {
    if (keys.problem === undefined) throw caught;
  });
  return {
    site: {
      ...site,
      keepShared: keys.keep,
      takeShared: async () => keys.take(site),
      keyProblem: () => keys.warning,
      sharedSecret: seal.secretFor('site'),
    },
    keys,
    seal,
    changeKey: async () => keys.reseal(site),
  };
}

/** The key that a folder keeps. @throws SyncError DatabaseKeyInvalid where there is none, SecretSealFailed */
async function keptDatabaseKey(site: SiteFolder, sealer: Sealer): Promise<string> {
  const kept = (await readSecret(site, 'databaseKey', sealer)) ?? '';
  if (kept !== '') return kept;
  throw new SyncError('DatabaseKeyInvalid', { reason: `it is not among the secrets of the site ${site.siteCode}` });
}

async function keyOf(site: SiteFolder, rows: SharedKeyRows, sealer: Sealer): Promise<string> {
  const isFirst = !SharedKeys.isShared(await rows.all());
  if (!isFirst || (await readSecret(site, 'databaseKey', sealer)) !== undefined) return keptDatabaseKey(site, sealer);
  const databaseKey = newDatabaseKey();
  await writeSecrets(site, { databaseKey }, sealer);
  return databaseKey;
}
