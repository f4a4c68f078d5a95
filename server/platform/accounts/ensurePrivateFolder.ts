import { constants, type Stats } from 'node:fs';
import { SyncError } from '../../errors/SyncError.js';
import { plainFiles } from '../files/folderFiles.js';
import type { FolderFiles } from '../files/folderFiles.js';
import { systemErrorCode } from '../systemErrorCode.js';

/** Whose the folder must be, and the group it is shared with, if any. */
export interface PrivateFolderOwner {
  readonly userId: number;
  readonly sharedGroup: number | undefined;
}

/** An engine that ends takes the folder away, at most so often while another one starts. */
const MOST_TIMES = 5;

/**
 * Makes a folder for this account alone (or shared with one group, to which all belongs that is made in it), or checks
 * that the one that exists is just that.
 */
export function ensurePrivateFolder(path: string, owner: PrivateFolderOwner, files: FolderFiles = plainFiles): void {
  for (let time = 1; ; time++) {
    try {
      makeFolder(path, files);
      checkFolder(path, owner, files);
      return;
    } catch (caught) {
      if (systemErrorCode(caught) !== 'ENOENT' || time === MOST_TIMES) throw caught;
    }
  }
}

function checkFolder(path: string, owner: PrivateFolderOwner, files: FolderFiles): void {
  refuse(path, files.lstatSync(path), owner);
  const folder = files.openSync(path, constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW);
  try {
    const found = files.fstatSync(folder);
    refuse(path, found, owner);
    const { sharedGroup = found.gid } = owner;
    if (found.gid !== sharedGroup) files.fchownSync(folder, owner.userId, sharedGroup);
    const mode = owner.sharedGroup === undefined ? 0o700 : 0o2770;
    if ((found.mode & 0o7777) !== mode || found.gid !== sharedGroup) files.fchmodSync(folder, mode);
  } finally {
    files.closeSync(folder);
  }
}

function refuse(path: string, found: Stats, owner: PrivateFolderOwner): void {
  const reason = distrust(found, owner);
  if (reason !== undefined) throw new SyncError('SiteFolderNotTrusted', { path, reason });
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

function makeFolder(path: string, files: FolderFiles): void {
  try {
    files.mkdirSync(path, { mode: 0o700 });
  } catch (caught) {
    if (systemErrorCode(caught) === 'EEXIST') return;
    throw new SyncError('SiteFolderNotWritable', { path, reason: systemErrorCode(caught) }, { cause: caught });
  }
}
