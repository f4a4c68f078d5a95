import { join } from 'node:path';
import { reasonOf, SyncError } from '../errors/SyncError.js';
import { isShared } from '../platform/files/fileTrust.js';
import { giveTree } from '../platform/files/giveTree.js';
import { sharedMode } from '../platform/files/makeFolder.js';
import { filesNow } from './SiteFolder.js';
import type { SiteFolder } from './SiteFolder.js';

const SET_GROUP = 0o2000;

/**
 * Lets the operators' group reach all of a shared site whose folders do not hand their group down, as earlier versions
 * made them. Called before an engine starts, by the account that it will run under.
 * @throws SyncError SiteSharingIncomplete where this account may not
 */
export function completeSharing(site: Pick<SiteFolder, 'path' | 'identity'>): void {
  if (process.platform === 'win32') return;
  const files = filesNow(site);
  const folder = files.lstatSync(site.path);
  if (!isShared(folder) || isComplete(site.path, files)) return;
  try {
    const owner = { userId: undefined, groupId: folder.gid, modeOf: sharedMode };
    giveTree(site.path, owner, { identity: site.identity });
  } catch (caught) {
    const reason = caught instanceof SyncError ? String(caught.data['reason']) : reasonOf(caught);
    const data = { path: site.path, group: folder.gid, owner: folder.uid, reason };
    throw new SyncError('SiteSharingIncomplete', data, { cause: caught });
  }
}

/** The folders directly in it tell: all versions made them together. */
function isComplete(path: string, files: ReturnType<typeof filesNow>): boolean {
  const { gid } = files.lstatSync(path);
  return files
    .readdirSync(path)
    .map((name) => files.lstatSync(join(path, name)))
    .filter((found) => found.isDirectory())
    .every((found) => found.gid === gid && (found.mode & SET_GROUP) !== 0);
}
