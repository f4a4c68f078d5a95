import { constants } from 'node:fs';
import { chmod, chown, lstat, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { reasonOf, SyncError } from '../errors/SyncError.js';
import { programReason, type ProgramRunner } from './runProgram.js';
import type { ServiceAccount } from './ServicePlan.js';
import { icaclsGrantArguments } from './windowsAccess.js';
import { systemProgram } from './windowsPrograms.js';

/** Whom a folder is given to. */
export interface NewOwner {
  readonly account: ServiceAccount;
  /** Elsewhere than on Windows: true where the folder is shared with a group, which stays. */
  readonly keepsGroup: boolean;
}

/** What giving needs from outside. */
export interface GiveOptions {
  readonly platform: NodeJS.Platform;
  readonly env: NodeJS.ProcessEnv;
  readonly run: ProgramRunner;
}

/**
 * Gives a site folder with all that is in it to an account. On Windows the account is added with full control and all
 * others keep what they have;
 * elsewhere the owner changes, for which one must be root.
 * @throws SyncError SiteFolderNotTrusted, SiteFolderNotWritable
 */
export async function giveFolder(folder: string, owner: NewOwner, options: GiveOptions): Promise<void> {
  if (options.platform === 'win32') return grantOnWindows(folder, owner.account, options);
  const before = await lstat(folder);
  const target = {
    userId: Number(owner.account.id),
    groupId: owner.keepsGroup ? before.gid : (owner.account.groupId ?? before.gid),
  };
  try {
    // While owners change nobody but root goes in: a link put in the way would change the owner of a file somewhere
    // else.
    await chown(folder, process.getuid?.() ?? 0, before.gid);
    await chmod(folder, 0o700);
    await giveContent(folder, target);
  } catch (caught) {
    await putBack(folder, { userId: before.uid, groupId: before.gid }, before.mode);
    throw caught instanceof SyncError
      ? caught
      : new SyncError('SiteFolderNotWritable', { path: folder, reason: reasonOf(caught) }, { cause: caught });
  }
  await putBack(folder, target, before.mode);
}

interface Ids {
  readonly userId: number;
  readonly groupId: number;
}

async function giveContent(folder: string, target: Ids): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (!entry.isDirectory() && !entry.isFile())
      throw new SyncError('SiteFolderNotTrusted', { path, reason: 'a site folder holds only files and folders' });
    await giveEntry(path, target);
    if (entry.isDirectory()) await giveContent(path, target);
  }
}

async function giveEntry(path: string, target: Ids): Promise<void> {
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const found = await file.stat();
    if (!found.isDirectory() && found.nlink > 1)
      throw new SyncError('SiteFolderNotTrusted', { path, reason: 'the file has a second name somewhere else' });
    await file.chown(target.userId, target.groupId);
  } finally {
    await file.close();
  }
}

/** The mode comes last: changing the owner takes the set-group bit away. */
async function putBack(folder: string, owner: Ids, mode: number): Promise<void> {
  await chown(folder, owner.userId, owner.groupId);
  await chmod(folder, mode & 0o7777);
}

async function grantOnWindows(folder: string, account: ServiceAccount, { env, run }: GiveOptions): Promise<void> {
  const end = await run({ command: systemProgram('icacls.exe', env), args: icaclsGrantArguments(folder, account.id) });
  if (end.code !== 0)
    throw new SyncError('SiteFolderNotWritable', { path: folder, reason: `icacls: ${programReason(end)}` });
}
