import { join } from 'node:path';
import { SyncError } from '../../errors/SyncError.js';
import type { ServiceAccount } from '../service/ServicePlan.js';
import { fullControlOf, isAdministrative, readAccess, setAccess } from './accessList.js';
import type { NewAccess } from './accessList.js';
import { accountsOnWindows } from './accounts.js';
import { folderFiles } from '../files/folderFiles.js';
import type { FolderFiles } from '../files/folderFiles.js';
import type { FolderIdentity } from '../files/folderWalk.js';
import { giveTree } from '../files/giveTree.js';
import { sharedMode, VOUCHER } from '../files/makeFolder.js';
import { replaceFile } from '../replaceFile.js';
import { inheritedAccess, LOCK_FILE, siteAccess, TRANSFER, TRANSFER_KEEPER } from './windowsAccess.js';
import type { ScriptSystem } from '../windowsScript.js';

/** Whom a folder is given to. */
interface NewOwner {
  readonly account: ServiceAccount;
  /** Elsewhere than on Windows: true where the folder is shared with a group, which stays. */
  readonly keepsGroup: boolean;
}

/** A folder that is given: the one that was opened, whatever stands under its name by now. */
interface GivenFolder {
  readonly path: string;
  readonly identity: FolderIdentity;
}

/**
 * Gives a site folder with all that is in it to an account, elsewhere than on Windows: the owner changes, for which one
 * must be root. @throws SyncError SiteFolderNotTrusted, SiteFolderNotWritable
 */
export async function giveFolder(given: GivenFolder, owner: NewOwner): Promise<void> {
  const { path, identity } = given;
  const { gid } = folderFiles(path, { identity }).lstatSync(path);
  giveTree(
    path,
    {
      userId: Number(owner.account.id),
      groupId: owner.keepsGroup ? gid : (owner.account.groupId ?? gid),
      ...(owner.keepsGroup ? { modeOf: sharedMode } : {}),
      // What an account vouches for by owning it is not handed over with the folder.
      drops: (name, found) => name === VOUCHER && found.uid !== Number(owner.account.id),
    },
    { identity },
  );
  await vouchForNothing(folderFiles(path, { identity }), path, owner.keepsGroup);
}

/**
 * The after-sync command that the former owner has set, or that stands in a backup, is not that of who has the folder
 * now: without a voucher it would be.
 */
export async function vouchForNothing(files: FolderFiles, folder: string, isShared: boolean): Promise<void> {
  const file = join(folder, VOUCHER);
  if (!files.existsSync(file)) await replaceFile(file, '{}\n', { files, mode: isShared ? 0o640 : 0o600 });
}

/** How the access list of a site folder changes on Windows. */
interface AccessChange {
  /** SID of the account that gets full control. */
  readonly adds?: string;
  /** SID of the account that had it and has it no more. */
  readonly removes?: string | undefined;
  /** Who may ask the engine, by name or SID. */
  readonly operators: readonly string[];
}

/**
 * Gives a site folder on Windows: Administrators own it with all that is in it, and nobody has an entry but them,
 * SYSTEM, who had full control and keeps it, and the operators. True where the account had full control before.
 * @throws SyncError SiteFolderNotTrusted, SiteFolderNotWritable
 */
export async function grantOnWindows(folder: string, change: AccessChange, system: ScriptSystem): Promise<boolean> {
  const wanted = await plannedAccess(folder, change, system);
  await writeSiteAccess(folder, wanted.items, system);
  return wanted.hadAccess;
}

/**
 * Sets what `plannedAccess` gave. A file with a second name elsewhere would get the list of the folder there too: it is
 * looked for before anything changes, each one is looked at again when it is changed, and operators are let in last.
 * @throws SyncError SiteFolderNotTrusted, SiteFolderNotWritable
 */
export async function writeSiteAccess(
  folder: string,
  items: readonly NewAccess[],
  system: ScriptSystem,
): Promise<void> {
  const last = items.findIndex(({ below }) => below !== undefined) + 1;
  for (const part of [items.slice(0, last), items.slice(last)]) {
    const files = folderFiles(folder);
    refuseSecondNames(files, folder);
    if (part.length === 0) continue;
    if (part[0] !== items[0]) makeSharedFiles(files, folder);
    await setAccess(folder, part, system);
  }
}

/** What a site with operators has beside the others, where it is not there: earlier versions made none of it. */
export function makeSharedFiles(files: FolderFiles, folder: string): void {
  const transfer = join(folder, TRANSFER);
  files.mkdirSync(transfer, { recursive: true, mode: 0o700 });
  for (const file of [join(transfer, TRANSFER_KEEPER), join(folder, LOCK_FILE)])
    if (!files.existsSync(file)) files.closeSync(files.openSync(file, 'wx', 0o600));
}

function refuseSecondNames(files: FolderFiles, folder: string): void {
  for (const name of files.readdirSync(folder)) {
    const path = join(folder, name);
    // Gone meanwhile: operators fetch their packages.
    if (!files.existsSync(path)) continue;
    const found = files.lstatSync(path);
    if (found.isDirectory()) refuseSecondNames(files, path);
    else if (found.nlink > 1)
      throw new SyncError('SiteFolderNotTrusted', { path, reason: 'the file has a second hard link elsewhere' });
  }
}

/** What `grantOnWindows` would write. */
export async function plannedAccess(
  folder: string,
  { adds, removes, operators }: AccessChange,
  system: ScriptSystem,
): Promise<{ readonly items: readonly NewAccess[]; readonly hadAccess: boolean }> {
  const lists = await readAccess([folder], system);
  if ('reason' in lists) throw new SyncError('SiteFolderNotWritable', { path: folder, reason: lists.reason });
  // Whom an owner appointed that cannot be trusted counts for nothing, and what the folder says of operators neither.
  const isOurs = lists.items.every(({ owner = '' }) => isAdministrative(owner) || owner === lists.own);
  const before = isOurs ? lists.items.flatMap(fullControlOf) : [];
  const owners = before.filter((sid) => sid !== removes);
  const access = {
    owners: adds === undefined ? owners : [...owners, adds],
    operators: isOurs ? await idsOf(operators, { folder, system }) : [],
  };
  const [site, ...shared] = siteAccess(folder, access);
  if (site === undefined) return { items: [], hadAccess: false };
  // What an account vouches for by owning it is not given to another one.
  const tree = { ...site, sddl: `O:BA${site.sddl}`, below: inheritedAccess(site.sddl), keeps: [VOUCHER] };
  return { items: [tree, ...shared], hadAccess: adds !== undefined && before.includes(adds) };
}

async function idsOf(
  names: readonly string[],
  { folder, system }: { folder: string; system: ScriptSystem },
): Promise<readonly string[]> {
  if (names.length === 0) return [];
  return (await accountsOnWindows(names, system)).map((found, index) => {
    if ('id' in found) return found.id;
    const reason = `the operator ${names[index] ?? ''} is not known: ${found.reason}`;
    throw new SyncError('SiteFolderNotWritable', { path: folder, reason });
  });
}
