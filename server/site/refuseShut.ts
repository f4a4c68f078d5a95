import { SyncError } from '../errors/SyncError.js';
import { plainFiles } from '../platform/files/folderFiles.js';
import { isShared } from '../platform/files/fileTrust.js';
import { systemErrorCode } from '../platform/systemErrorCode.js';

/** Windows does not say it to who is shut out; an administrator whose session is not elevated is one of them. */
const ALLOWED_ON_WINDOWS = 'administrators in an elevated session, and the accounts and operators it was given to';

/** Who is shut out is told whom the site is for. @throws SyncError SiteAccessDenied */
export function refuseShut(path: string, caught: unknown, platform: NodeJS.Platform = process.platform): void {
  const isWindows = platform === 'win32';
  if (!(isWindows ? ['EACCES', 'EPERM'] : ['EACCES']).includes(systemErrorCode(caught))) return;
  const allowed = isWindows ? ALLOWED_ON_WINDOWS : allowedElsewhere(path);
  if (allowed !== undefined) throw new SyncError('SiteAccessDenied', { path, allowed }, { cause: caught });
}

/** Undefined where the way there is shut already. */
function allowedElsewhere(path: string): string | undefined {
  try {
    const { uid, gid, mode } = plainFiles.lstatSync(plainFiles.realpathSync(path));
    return `the user ${uid}${isShared({ mode }) ? ` and the group ${gid}` : ''}`;
  } catch (caught) {
    if (systemErrorCode(caught) !== 'EACCES') throw caught;
    return undefined;
  }
}
