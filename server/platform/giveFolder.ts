import { SyncError } from '../errors/SyncError.js';
import { folderFiles } from './files/folderFiles.js';
import { giveTree } from './files/giveTree.js';
import { sharedMode, VOUCHER } from './files/sharedMode.js';
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
  const { gid } = folderFiles(folder).lstatSync(folder);
  giveTree(folder, {
    userId: Number(owner.account.id),
    groupId: owner.keepsGroup ? gid : (owner.account.groupId ?? gid),
    ...(owner.keepsGroup ? { modeOf: sharedMode } : {}),
    // What an account vouches for by owning it is not handed over with the folder.
    drops: (name, found) => name === VOUCHER && found.uid !== Number(owner.account.id),
  });
}

async function grantOnWindows(folder: string, account: ServiceAccount, { env, run }: GiveOptions): Promise<void> {
  const end = await run({ command: systemProgram('icacls.exe', env), args: icaclsGrantArguments(folder, account.id) });
  if (end.code !== 0)
    throw new SyncError('SiteFolderNotWritable', { path: folder, reason: `icacls: ${programReason(end)}` });
}
