import type { Stats } from 'node:fs';
import { dirname } from 'node:path';
import { SyncError } from '../errors/SyncError.js';
import { distrust } from '../platform/accounts/ensurePrivateFolder.js';
import type { FolderFiles } from '../platform/files/folderFiles.js';
import type { TrustedPath } from '../platform/files/trustedPath.js';
import { systemErrorCode } from '../platform/systemErrorCode.js';
import type { SiteEnvironment } from './SiteFolder.js';

/** Refuses a target that holds something, that somebody else made, or that others could exchange. */
export function checkSiteTarget({ path, files }: TrustedPath, environment: SiteEnvironment): void {
  const parent = statOf(files, dirname(path));
  if (parent !== undefined) refuse(dirname(path), reasonAgainstParent(parent, environment));
  const found = statOf(files, path);
  if (found === undefined) return;
  if (environment.userId !== undefined)
    refuse(path, distrust(found, { userId: environment.userId, sharedGroup: undefined }));
  if (!found.isDirectory() || files.readdirSync(path).length > 0) throw new SyncError('SiteExists', { path });
}

/**
 * Others who may write into the parent could put another folder in the place of the site, unless the folder is sticky.
 */
function reasonAgainstParent(
  parent: Pick<Stats, 'mode'>,
  environment: Pick<SiteEnvironment, 'userId'>,
): string | undefined {
  // Windows has no such bits; there the folder's own access list counts.
  if (environment.userId === undefined) return undefined;
  const open = (parent.mode & 0o002) !== 0;
  const sticky = (parent.mode & 0o1000) !== 0;
  return open && !sticky ? 'everybody may write there' : undefined;
}

function refuse(path: string, reason: string | undefined): void {
  if (reason !== undefined) throw new SyncError('SiteFolderNotTrusted', { path, reason });
}

function statOf(files: FolderFiles, path: string): Stats | undefined {
  try {
    return files.lstatSync(path);
  } catch (caught) {
    if (systemErrorCode(caught) === 'ENOENT') return undefined;
    throw new SyncError('SiteFolderNotWritable', { path, reason: systemErrorCode(caught) }, { cause: caught });
  }
}
