import { realSealer } from '../../platform/sealSecret.js';
import type { SiteFolder } from '../../site/SiteFolder.js';
import { readSecret, writeSecrets } from '../../site/siteSecrets.js';
import { newPackageKey, packageKeyOf, type PackageKey } from '../../transfer/packageKey.js';

const keys = new Map<string, Promise<PackageKey>>();

/**
 * The key that signs the exports of a site: made and kept with its secrets when it is first needed. @throws SyncError
 * SecretSealFailed
 */
export async function sitePackageKey(site: SiteFolder): Promise<PackageKey> {
  const known = keys.get(site.path) ?? load(site);
  keys.set(site.path, known);
  known.catch(() => keys.delete(site.path));
  return known;
}

async function load(site: SiteFolder): Promise<PackageKey> {
  const stored = (await readSecret(site, 'packageKey', realSealer())) ?? '';
  if (stored !== '') return packageKeyOf(stored);
  const packageKey = newPackageKey();
  await writeSecrets(site, { packageKey }, realSealer());
  return packageKeyOf(packageKey);
}
