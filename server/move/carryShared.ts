import { createHash } from 'node:crypto';
import path from 'node:path';
import { realSealer } from '../platform/sealSecret.js';
import { shareKeys } from '../servers/shareKeys.js';
import { SITE_FILES, type SiteFolder } from '../site/SiteFolder.js';
import { LicenseTermsStore } from '../store/LicenseTermsStore.js';
import type { Store } from '../store/Store.js';

function termsOf(site: SiteFolder): LicenseTermsStore {
  return new LicenseTermsStore(path.join(site.path, SITE_FILES.licenseTerms), site.files);
}

/**
 * Brings into the folder what another server has put into the database that it shares: keys and licence terms.
 * @throws SyncError DatabaseKeyInvalid, DatabaseKeyChanged, StoreWriteFailed
 */
export async function takeShared(site: SiteFolder, { shared }: Store): Promise<void> {
  if (shared === undefined) return;
  const { keys } = await shareKeys(site, { rows: shared.keys, self: shared.role.self.id }, realSealer());
  if (keys.problem !== undefined) throw keys.problem;
  const folder = termsOf(site);
  for (const digest of await shared.licenseTerms.digests()) {
    if ((await folder.read(digest)) !== undefined) continue;
    const bytes = await shared.licenseTerms.read(digest);
    // One that is damaged is downloaded again.
    if (bytes !== undefined && createHash('sha1').update(bytes).digest('base64') === digest)
      await folder.write(digest, bytes);
  }
}

/** Puts the licence terms of the folder where further servers of the site look for them; its engine brings the keys. */
export async function giveShared(site: SiteFolder, { shared }: Store): Promise<void> {
  if (shared === undefined) return;
  const folder = termsOf(site);
  for (const digest of folder.digests()) {
    const bytes = await folder.read(digest);
    if (bytes !== undefined) await shared.licenseTerms.write(digest, bytes);
  }
}
