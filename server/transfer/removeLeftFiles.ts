import path from 'node:path';
import type { SiteContext } from '../state/SiteContext.js';
import type { FolderFiles } from '../platform/files/folderFiles.js';
import { systemErrorCode } from '../platform/systemErrorCode.js';
import { filesOf, SITE_FILES } from '../site/SiteFolder.js';
import { readState, STATE } from '../state/siteState.js';

const DAY = 24 * 60 * 60 * 1000;

/** What a request puts there: its package with what belongs to it, finished or on its way. */
const OURS = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}\.package/i;

/** A small file of the site, such as that of its secrets, whose writer was killed. */
const HALF_WRITTEN = /^[a-z]+\.json\.\d+\.tmp$/;

/**
 * Removes from the Transfer folder what whoever asked for it has never fetched, or never said what to do with; the
 * import that is to be gone on with stays. Removes from the site folder what writers that were killed left. What is not
 * ours is left alone. One that somebody holds keeps no other; the first reason is thrown at the end.
 */
export async function removeLeftFiles({
  site,
  database,
  now,
}: Pick<SiteContext, 'site' | 'database' | 'now'>): Promise<void> {
  const files = filesOf(site);
  const folder = path.join(site.path, SITE_FILES.transfer);
  const pending = (await readState(database, STATE.importPending))?.requestId.toLowerCase();
  const isLeft = (name: string): boolean => OURS.test(name) && !(pending !== undefined && name.startsWith(pending));
  const left = [
    ...namesIn(() => files.readdirSync(folder))
      .filter(isLeft)
      .map((name) => path.join(folder, name)),
    ...namesIn(() => files.readdirSync(site.path))
      .filter((name) => HALF_WRITTEN.test(name))
      .map((name) => path.join(site.path, name)),
  ];
  const failures: unknown[] = [];
  for (const file of left) {
    try {
      removeOlder(files, file, now().getTime() - DAY);
    } catch (caught) {
      failures.push(caught);
    }
  }
  if (failures.length > 0) throw failures[0];
}

function removeOlder(files: FolderFiles, file: string, time: number): void {
  const found = files.lstatSync(file);
  if (!found.isDirectory() && found.mtimeMs < time) files.rmSync(file, { force: true });
}

function namesIn(read: () => readonly string[]): readonly string[] {
  try {
    return read();
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return [];
    throw error;
  }
}
