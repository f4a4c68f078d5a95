import type { Stats } from 'node:fs';
import { dirname } from 'node:path';
import type { FileCalls } from './FileCalls.js';

/** What of a folder decides which files in it may be used: whose it is, and who else may write there. */
export type FolderOwner = Pick<Stats, 'uid' | 'gid' | 'mode'>;

/** True where only this account and root can exchange a folder, or what stands in it. `root` is its real path. */
export function isOutOfReach(root: string, { calls, userId }: { calls: FileCalls; userId: number }): boolean {
  const folder = calls.lstatSync(root);
  if (folder.uid !== userId || (folder.mode & 0o022) !== 0) return false;
  return isSafePlace(dirname(root), { calls, userId });
}

/** True where nobody else can put another folder, or another file of this account, in the place of what is there. */
export function isSafePlace(folder: string, { calls, userId }: { calls: FileCalls; userId: number }): boolean {
  for (let part = folder, below = ''; part !== below; below = part, part = dirname(part))
    if (!isSafeAbove(calls.lstatSync(part), userId)) return false;
  return true;
}

/** In a sticky folder others can make names, but not take away those of this account. */
function isSafeAbove(folder: FolderOwner, userId: number): boolean {
  if (folder.uid !== 0 && folder.uid !== userId) return false;
  return (folder.mode & 0o022) === 0 || (folder.mode & 0o1000) !== 0;
}

/** True where a group may write in a folder. */
export function isShared(folder: Pick<FolderOwner, 'mode'>): boolean {
  return (folder.mode & 0o020) !== 0;
}

/** Why something is not a file that stands in one folder alone, or undefined. */
export function reasonAgainstKind(found: Pick<Stats, 'isFile' | 'nlink'>): string | undefined {
  if (!found.isFile()) return 'it is not a file';
  return found.nlink > 1 ? 'the file has a second hard link elsewhere' : undefined;
}

/**
 * Why an opened file must not be used in a folder with neighbours, or undefined. A link count of 1 can be had for a
 * moment by who removes a second name in time, so what counts beside it is that the neighbours could do themselves what
 * is about to be done: then there is nothing to be gained by leading somebody with more rights to the file.
 */
export function reasonAgainstFile(
  found: Pick<Stats, 'isFile' | 'isDirectory' | 'nlink' | 'uid' | 'gid' | 'mode'>,
  folder: FolderOwner,
  access: 'read' | 'write',
): string | undefined {
  if (found.isDirectory()) return access === 'read' ? undefined : 'it is a folder';
  const reason = reasonAgainstKind(found);
  if (reason !== undefined) return reason;
  if (!isShared(folder))
    return found.uid === folder.uid
      ? undefined
      : `the file belongs to the user ${found.uid}, not to the folder's owner`;
  const needed = access === 'read' ? 0o040 : 0o060;
  return found.gid === folder.gid && (found.mode & needed) === needed
    ? undefined
    : 'the file is not one that the group of the folder may use';
}
