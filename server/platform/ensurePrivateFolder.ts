import { chmodSync, chownSync, lstatSync, mkdirSync, type Stats } from 'node:fs';
import { SyncError } from '../errors/SyncError.js';
import { systemErrorCode } from './systemErrorCode.js';

/** Whose the folder must be, and the group it is shared with, if any. */
export interface PrivateFolderOwner {
  readonly userId: number;
  readonly sharedGroup: number | undefined;
}

/**
 * Makes a folder for this account alone (or shared with one group), or checks that the one that exists is just that.
 */
export function ensurePrivateFolder(path: string, owner: PrivateFolderOwner): void {
  const made = makeFolder(path);
  const reason = distrust(lstatSync(path), owner);
  if (reason !== undefined) throw new SyncError('SiteFolderNotTrusted', { path, reason });
  if (!made) return;
  if (owner.sharedGroup !== undefined) chownSync(path, owner.userId, owner.sharedGroup);
  // The mode of mkdir is cut by the umask.
  chmodSync(path, owner.sharedGroup === undefined ? 0o700 : 0o770);
}

/** Why a folder must not be trusted, or undefined. */
export function distrust(
  found: Pick<Stats, 'mode' | 'uid' | 'isDirectory'>,
  owner: PrivateFolderOwner,
): string | undefined {
  if (!found.isDirectory()) return 'it is not a folder';
  if (found.uid !== owner.userId) return `it belongs to the user ${found.uid}`;
  if ((found.mode & 0o002) !== 0) return 'everybody may write there';
  if (owner.sharedGroup === undefined && (found.mode & 0o020) !== 0) return 'its group may write there';
  return undefined;
}

function makeFolder(path: string): boolean {
  try {
    mkdirSync(path, { mode: 0o700 });
    return true;
  } catch (caught) {
    if (systemErrorCode(caught) === 'EEXIST') return false;
    throw new SyncError('SiteFolderNotWritable', { path, reason: systemErrorCode(caught) }, { cause: caught });
  }
}
