import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { siteFiles } from '../../site/SiteFolder.js';
import { systemErrorCode } from '../../platform/systemErrorCode.js';
import { STATE } from '../catalogueState.js';
import type { SiteContext } from '../SiteContext.js';
import type { ImportOrder } from './PackageImport.js';

const DAY = 24 * 60 * 60 * 1000;

/**
 * Removes from the Transfer folder what whoever asked for it has never fetched, or never said what to do with; the
 * import that is to be gone on with stays.
 */
export async function removeLeftPackages({
  site,
  database,
  now,
}: Pick<SiteContext, 'site' | 'database' | 'now'>): Promise<void> {
  const folder = path.join(site.path, siteFiles.transfer);
  const pending = (
    (await database.setting(STATE.importPending)) as ImportOrder | null | undefined
  )?.requestId.toLowerCase();
  const names = await readdir(folder).catch((error: unknown) => {
    if (systemErrorCode(error) === 'ENOENT') return [];
    throw error;
  });
  for (const name of names) {
    const file = path.join(folder, name);
    const isPending = pending !== undefined && name.startsWith(pending);
    if (!isPending && (await stat(file)).mtimeMs < now().getTime() - DAY)
      await rm(file, { recursive: true, force: true });
  }
}
