import type { Sealer } from '../platform/sealSecret.js';
import type { SiteFolder } from '../site/SiteFolder.js';
import { DatabaseSeal, newDatabaseKey } from '../site/databaseKey.js';
import { noDatabaseKey } from '../site/keptDatabaseKeys.js';
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

/** The key that a folder keeps; the first server makes one. @throws SyncError DatabaseKeyInvalid, SecretSealFailed */
async function keyOf(site: SiteFolder, rows: SharedKeyRows, sealer: Sealer): Promise<string> {
  const isFirst = !SharedKeys.isShared(await rows.all());
  const kept = await readSecret(site, 'databaseKey', sealer);
  if (kept !== undefined && kept !== '') return kept;
  if (!isFirst || kept !== undefined) throw noDatabaseKey(site);
  const databaseKey = newDatabaseKey();
  await writeSecrets(site, { databaseKey }, sealer);
  return databaseKey;
}
