import { dirname } from 'node:path';
import { SyncError } from '../errors/SyncError.js';
import type { ServiceAccount } from '../platform/service/ServicePlan.js';
import { setAccess } from '../platform/accounts/accessList.js';
import { accountsOnWindows, findAccount, groupsOf, isAdministrator } from '../platform/accounts/accounts.js';
import { plainFiles } from '../platform/files/folderFiles.js';
import type { FolderFiles } from '../platform/files/folderFiles.js';
import type { FolderIdentity } from '../platform/files/folderWalk.js';
import { giveTree } from '../platform/files/giveTree.js';
import { sharedMode } from '../platform/files/makeFolder.js';
import { makeSharedFiles } from '../platform/accounts/giveFolder.js';
import { programReason } from '../platform/runProgram.js';
import { systemErrorCode } from '../platform/systemErrorCode.js';
import { ownRootAccess, rootAccess, sidOfWhoami, siteAccess } from '../platform/accounts/windowsAccess.js';
import type { WindowsAccess } from '../platform/accounts/windowsAccess.js';
import { whoamiCall } from '../platform/windowsScript.js';
import type { SiteEnvironment } from './SiteFolder.js';
import { isChosenRoot } from './siteRoot.js';
import { verifySiteRoot } from './siteTrust.js';

/** Who may use a site folder, worked out before anything is made. */
export interface SiteAccess {
  readonly windows?: WindowsAccess;
  /** Elsewhere than on Windows: whom the folder is given to, where that is not just the account that makes it. */
  readonly owner?: { readonly userId: number; readonly groupId: number; readonly isShared: boolean };
}

/** Who shall use a new site. */
interface WantedAccess {
  readonly siteCode: string;
  readonly operators: readonly string[];
  /** Under which account the engine works; the one that makes the site if not given. */
  readonly account: string | undefined;
}

/** Finds out who is meant. @throws SyncError InvalidRequest, SiteAccountNeeded, ServiceAccountInvalid */
export async function prepareAccess(wanted: WantedAccess, environment: SiteEnvironment): Promise<SiteAccess> {
  if (environment.platform === 'win32') return windowsAccess(wanted, environment);
  const [group, ...others] = wanted.operators;
  if (others.length > 0)
    throw unknownOperator('a folder can be shared with one group here: put the operators into one');
  const groupId = group === undefined ? undefined : groupIdOf(group);
  const account = await accountOf(wanted.account, environment);
  const userId = account === undefined ? environment.userId : Number(account.id);
  if (groupId !== undefined && userId === 0) throw new SyncError('SiteAccountNeeded', { site: wanted.siteCode });
  if (groupId !== undefined) await refuseNoMember(account, groupId, environment);
  if (account === undefined && groupId === undefined) return {};
  return {
    owner: {
      userId: userId ?? 0,
      groupId: groupId ?? account?.groupId ?? 0,
      isShared: groupId !== undefined,
    },
  };
}

async function windowsAccess({ operators, account }: WantedAccess, environment: SiteEnvironment): Promise<SiteAccess> {
  if (account !== undefined)
    throw unknownOperator('on Windows the account is that of the service: Install-CMSyncService -Account');
  const found = operators.length === 0 ? [] : await accountsOnWindows(operators, environment);
  const ids = found.map((one, index) => {
    if ('id' in one) return one.id;
    throw unknownOperator(`the operator ${operators[index] ?? ''} is not known: ${one.reason}`);
  });
  return { windows: { owners: [await ownSid(environment)], operators: ids } };
}

/** Undefined where the site belongs to whoever makes it. */
async function accountOf(name: string | undefined, environment: SiteEnvironment): Promise<ServiceAccount | undefined> {
  if (name === undefined) return undefined;
  const account = await findAccount(name, environment);
  if (environment.userId !== 0 && account.id !== String(environment.userId))
    throw unknownOperator('only root can create a site for another account');
  return account;
}

/** Root could give the group to what it starts; a session of the account could not use what operators wrote. */
async function refuseNoMember(
  account: ServiceAccount | undefined,
  groupId: number,
  environment: SiteEnvironment,
): Promise<void> {
  const isOwn = environment.userId !== 0;
  const groups = isOwn || account === undefined ? environment.groups : await groupsOf(account, environment);
  if (groups === undefined || groups.includes(groupId)) return;
  const who = account === undefined || isOwn ? 'this account' : `the account ${account.name}`;
  throw unknownOperator(`${who} is not a member of the operators' group ${groupId}`);
}

/** Gives a new folder on Windows: first, because what is made in the folder inherits it. */
export async function grantOnWindows(folder: string, access: SiteAccess, environment: SiteEnvironment): Promise<void> {
  const [site] = access.windows === undefined ? [] : siteAccess(folder, access.windows);
  if (site === undefined) return;
  await setAccess(folder, [site], environment);
  // Until then others may have had the rights that the folder above gives.
  if (plainFiles.readdirSync(folder).length > 0)
    throw new SyncError('SiteFolderNotTrusted', { path: folder, reason: 'something is in it already' });
}

/** Lets the operators of a finished folder put packages into it, on Windows. */
export async function shareOnWindows(
  made: { readonly folder: string; readonly files: FolderFiles },
  access: SiteAccess,
  environment: SiteEnvironment,
): Promise<void> {
  const [, ...shared] = access.windows === undefined ? [] : siteAccess(made.folder, access.windows);
  if (shared.length === 0) return;
  makeSharedFiles(made.files, made.folder);
  await setAccess(made.folder, shared, environment);
}

/**
 * Makes the folder of all sites on Windows for administrators alone, or looks whether the one that is there is: the
 * system lets everybody make folders beside it, and so in it. @throws SyncError SiteFolderNotTrusted,
 * SiteFolderNotWritable
 */
export async function prepareRootOnWindows(root: string, environment: SiteEnvironment): Promise<void> {
  try {
    plainFiles.mkdirSync(root);
  } catch (caught) {
    if (systemErrorCode(caught) !== 'EEXIST') throw caught;
    return verifySiteRoot(root, environment);
  }
  await protect(root, isChosenRoot(environment), environment);
}

/**
 * Makes the folders above a site on Windows that are not there, the first of them for administrators: what is made on
 * a drive can be renamed by everybody, and a site below is refused. @throws SyncError SiteFolderNotTrusted
 */
export async function makeAboveOnWindows(folder: string, environment: SiteEnvironment): Promise<void> {
  const first = firstMissing(folder);
  if (first === undefined) return;
  plainFiles.mkdirSync(first);
  await protect(first, true, environment);
  plainFiles.mkdirSync(folder, { recursive: true });
}

function firstMissing(folder: string): string | undefined {
  if (plainFiles.existsSync(folder)) return undefined;
  const above = dirname(folder);
  return above === folder ? undefined : (firstMissing(above) ?? folder);
}

/** `isChosen`: who is not an administrator may make it for himself. */
async function protect(folder: string, isChosen: boolean, environment: SiteEnvironment): Promise<void> {
  try {
    const isOwn = isChosen && !(await isAdministrator(environment));
    const access = isOwn ? ownRootAccess(folder, await ownSid(environment)) : rootAccess(folder);
    await setAccess(folder, [access], environment);
  } catch (caught) {
    // Left as it is nobody else could make the first site: it belongs to whoever made it.
    removeIfEmpty(folder);
    throw caught;
  }
  if (plainFiles.readdirSync(folder).length > 0)
    throw new SyncError('SiteFolderNotTrusted', { path: folder, reason: 'something is in it already' });
}

function removeIfEmpty(folder: string): void {
  try {
    plainFiles.rmdirSync(folder);
  } catch (caught) {
    if (systemErrorCode(caught) === '') throw caught;
  }
}

/** Gives a finished folder elsewhere: last, because until then nobody else is to reach it. */
export function grantElsewhere(
  { folder, identity }: { readonly folder: string; readonly identity: FolderIdentity },
  { owner }: SiteAccess,
): void {
  if (owner === undefined) return;
  const { userId, groupId, isShared } = owner;
  giveTree(folder, { userId, groupId, ...(isShared ? { modeOf: sharedMode } : {}) }, { identity });
}

/** The number of a group in the text of /etc/group. */
export function groupIdIn(groups: string, name: string): number | undefined {
  if (/^\d+$/.test(name)) return Number(name);
  const line = groups.split('\n').find((entry) => entry.startsWith(`${name}:`));
  return line === undefined ? undefined : Number(line.split(':')[2]);
}

function groupIdOf(group: string): number {
  const found = groupIdIn(plainFiles.readFileSync('/etc/group').toString(), group);
  if (found === undefined) throw unknownOperator(`there is no group ${group}`);
  return found;
}

async function ownSid({ env, run }: SiteEnvironment): Promise<string> {
  const end = await run(whoamiCall(env));
  const sid = end.code === 0 ? sidOfWhoami(end.stdout) : undefined;
  if (sid === undefined) throw unknownOperator(`the SID of this account is not known: whoami: ${programReason(end)}`);
  return sid;
}

function unknownOperator(reason: string): SyncError {
  return new SyncError('InvalidRequest', { method: 'site/new', reason });
}
