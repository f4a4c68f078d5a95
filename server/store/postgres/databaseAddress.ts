import { SyncError } from '../../errors/SyncError.js';
import type { Sealer } from '../../platform/sealSecret.js';
import type { SiteFolder } from '../../site/SiteFolder.js';
import { readSecret, writeSecrets } from '../../site/siteSecrets.js';
import { parsePostgresAddress } from './PostgresAddress.js';

type KeepingSite = Pick<SiteFolder, 'path' | 'secret' | 'siteCode'> & Partial<Pick<SiteFolder, 'files'>>;

/** Keeps the address with the secrets of the site. @throws SyncError DatabaseAddressInvalid, SecretSealFailed */
export async function keepDatabaseAddress(site: KeepingSite, address: string, sealer: Sealer): Promise<void> {
  parsePostgresAddress(address);
  await writeSecrets(site, { databaseAddress: address.trim() }, sealer);
}

/** The address that the site keeps. @throws SyncError DatabaseAddressInvalid where there is none, SecretSealFailed */
export async function keptDatabaseAddress(site: KeepingSite, sealer: Sealer): Promise<string> {
  const address = (await readSecret(site, 'databaseAddress', sealer)) ?? '';
  if (address === '')
    throw new SyncError('DatabaseAddressInvalid', {
      reason: `it is not among the secrets of the site ${site.siteCode}`,
    });
  return address;
}
