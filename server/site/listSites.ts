import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { SyncError } from '../errors/SyncError.js';
import { systemErrorCode } from '../platform/systemErrorCode.js';
import { openSite } from './openSite.js';
import type { SiteFolder } from './SiteFolder.js';
import { siteRoot, type SiteRootOptions } from './siteRoot.js';

/** The sites under the root that this account may use, in the order of their codes. */
export async function listSites(options: SiteRootOptions): Promise<readonly SiteFolder[]> {
  const root = siteRoot(options);
  const found = await Promise.all((await folderNames(root)).map((name) => openOrSkip(join(root, name))));
  const sites = found.filter((site) => site !== undefined);
  return sites.sort((a, b) => a.siteCode.localeCompare(b.siteCode, 'en'));
}

async function folderNames(root: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(root, { withFileTypes: true });
    return entries.filter((entry) => !entry.name.startsWith('.') && !entry.isFile()).map((entry) => entry.name);
  } catch (caught) {
    if (systemErrorCode(caught) === 'ENOENT') return [];
    throw new SyncError('SiteFolderInvalid', { path: root, reason: systemErrorCode(caught) }, { cause: caught });
  }
}

async function openOrSkip(path: string): Promise<SiteFolder | undefined> {
  try {
    return await openSite(path);
  } catch (caught) {
    // Another folder, or a site that this account may not use.
    if (caught instanceof SyncError) return undefined;
    throw caught;
  }
}
