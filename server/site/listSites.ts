import { basename, join } from 'node:path';
import { SyncError } from '../errors/SyncError.js';
import { plainFiles } from '../platform/files/folderFiles.js';
import { systemErrorCode } from '../platform/systemErrorCode.js';
import { openSite } from './openSite.js';
import type { SiteFolder } from './SiteFolder.js';
import { siteFolderName } from './siteFolderName.js';
import { siteRoot, type SiteRootOptions } from './siteRoot.js';

/** The sites under the root that this account may use, in the order of their codes. */
export async function listSites(options: SiteRootOptions): Promise<readonly SiteFolder[]> {
  const root = siteRoot(options);
  const found = await Promise.all(folderNames(root).map((name) => openOrSkip(join(root, name))));
  const sites = found.filter((site) => site !== undefined);
  return sites.sort((a, b) => a.siteCode.localeCompare(b.siteCode, 'en'));
}

function folderNames(root: string): readonly string[] {
  try {
    return plainFiles.readdirSync(root).filter((name) => !name.startsWith('.'));
  } catch (caught) {
    if (systemErrorCode(caught) === 'ENOENT') return [];
    throw new SyncError('SiteFolderInvalid', { path: root, reason: systemErrorCode(caught) }, { cause: caught });
  }
}

async function openOrSkip(path: string): Promise<SiteFolder | undefined> {
  try {
    const site = await openSite(path);
    // The name decides which site is meant: who copies or plants another folder has the name of his folder.
    return siteFolderName(site).toUpperCase() === basename(site.path).toUpperCase() ? site : undefined;
  } catch (caught) {
    // Another folder, or a site that this account may not use.
    if (caught instanceof SyncError) return undefined;
    throw caught;
  }
}
