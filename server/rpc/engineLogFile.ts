import { join } from 'node:path';
import { reasonOf, SyncError } from '../errors/SyncError.js';
import { filesOf, siteFiles } from '../site/SiteFolder.js';
import type { SiteFolder } from '../site/SiteFolder.js';

/** `engine.log` of a site, opened to add to it. @throws SyncError SiteFolderNotWritable */
export function openEngineLog(site: SiteFolder): { readonly path: string; readonly descriptor: number } {
  const path = join(site.path, siteFiles.logs, 'engine.log');
  try {
    const files = filesOf(site);
    files.mkdirSync(join(site.path, siteFiles.logs), { recursive: true });
    return { path, descriptor: files.openSync(path, 'a', site.operators.length > 0 ? 0o660 : 0o600) };
  } catch (caught) {
    if (caught instanceof SyncError) throw caught;
    throw new SyncError('SiteFolderNotWritable', { path: site.path, reason: reasonOf(caught) }, { cause: caught });
  }
}

/** What was written since a log had that size. */
export function linesSince(log: Buffer, from: number): readonly string[] {
  return log
    .subarray(from)
    .toString('utf8')
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '');
}
