import { realpath, stat } from 'node:fs/promises';
import { posix, win32 } from 'node:path';
import { reasonOf, SyncError } from '../errors/SyncError.js';
import type { ServiceAccount } from './ServicePlan.js';

/** What is looked at of a file or folder; all of `fs.Stats` that matters here. */
export interface Looked {
  readonly uid: number;
  readonly gid: number;
  readonly mode: number;
}

/**
 * Refuses a program that an account could not run, or that somebody else could exchange: he would act as that account
 * from then on. On Windows access lists decide,
 * which cannot be read here; a program in a user's profile is refused for accounts of the system, who must not depend
 * on a user.
 * @throws SyncError ServiceProgramNotTrusted
 */
export async function checkProgram(path: string, account: ServiceAccount, platform: NodeJS.Platform): Promise<void> {
  const reason = platform === 'win32' ? windowsDistrust(path, account) : await posixDistrust(path, account);
  if (reason !== undefined) throw new SyncError('ServiceProgramNotTrusted', { path, account: account.name, reason });
}

/** Why a program below a user's profile must not be run by an account of the system. */
export function windowsDistrust(path: string, account: ServiceAccount): string | undefined {
  const isProfile = /^[a-z]:\\users\\(?!public\\)/i.test(win32.normalize(path));
  return isProfile && /^S-1-5-(18|19|20)$/.test(account.id)
    ? 'it lies in the profile of a user, who could exchange it'
    : undefined;
}

async function posixDistrust(path: string, account: ServiceAccount): Promise<string | undefined> {
  try {
    for (let part = await realpath(path), isFile = true; ; part = posix.dirname(part), isFile = false) {
      const reason = lookedDistrust(await stat(part), account, isFile);
      if (reason !== undefined) return `${reason} (${part})`;
      if (part === posix.dirname(part)) return undefined;
    }
  } catch (caught) {
    return reasonOf(caught);
  }
}

/** Why one part of the path speaks against it. */
export function lookedDistrust(found: Looked, account: ServiceAccount, isFile: boolean): string | undefined {
  const userId = Number(account.id);
  if (found.uid !== 0 && found.uid !== userId) return `it belongs to the user ${found.uid}`;
  const isSticky = !isFile && (found.mode & 0o1000) !== 0;
  if ((found.mode & 0o002) !== 0 && !isSticky) return 'everybody may write there';
  if ((found.mode & 0o020) !== 0 && found.gid !== 0 && !isSticky) return `its group ${found.gid} may write there`;
  if (userId === 0) return undefined;
  const needed = isFile ? 0o4 : 0o1;
  const shift = found.uid === userId ? 6 : found.gid === account.groupId ? 3 : 0;
  return (found.mode & (needed << shift)) === 0 ? 'the account cannot read it' : undefined;
}
