import { chmod, chown, readFile } from 'node:fs/promises';
import { SyncError } from '../errors/SyncError.js';
import { programReason } from '../platform/runProgram.js';
import { icaclsArguments, sidOfWhoami, type WindowsAccess } from '../platform/windowsAccess.js';
import { systemProgram, whoamiCall } from '../platform/windowsPrograms.js';
import type { SiteEnvironment } from './SiteEnvironment.js';

/** The permissions of a site folder, worked out before anything is made. */
export interface SiteAccess {
  readonly folderMode: number;
  readonly fileMode: number;
  /** Elsewhere than on Windows: the group of the operators. */
  readonly group?: number;
  readonly windows?: WindowsAccess;
}

/** Finds out who is meant; throws when an operator is not known. */
export async function prepareAccess(operators: readonly string[], environment: SiteEnvironment): Promise<SiteAccess> {
  if (environment.platform === 'win32')
    return { folderMode: 0o700, fileMode: 0o600, windows: { creator: await ownSid(environment), operators } };
  const [group, ...others] = operators;
  if (group === undefined) return { folderMode: 0o700, fileMode: 0o600 };
  if (others.length > 0)
    throw unknownOperator('a folder can be shared with one group here: put the operators into one');
  return { folderMode: 0o770, fileMode: 0o660, group: await groupId(group) };
}

/** Sets the permissions of a folder. */
export async function grantAccess(folder: string, access: SiteAccess, environment: SiteEnvironment): Promise<void> {
  if (access.windows !== undefined) return grantOnWindows(folder, access.windows, environment);
  if (access.group !== undefined) await chown(folder, process.getuid?.() ?? -1, access.group);
  // The set-group bit hands the group down to what is made in the folder.
  await chmod(folder, access.group === undefined ? access.folderMode : access.folderMode | 0o2000);
}

/** The number of a group in the text of /etc/group. */
export function groupIdIn(groups: string, name: string): number | undefined {
  if (/^\d+$/.test(name)) return Number(name);
  const line = groups.split('\n').find((entry) => entry.startsWith(`${name}:`));
  return line === undefined ? undefined : Number(line.split(':')[2]);
}

async function groupId(name: string): Promise<number> {
  const found = groupIdIn(await readFile('/etc/group', 'utf8'), name);
  if (found === undefined) throw unknownOperator(`there is no group ${name}`);
  return found;
}

async function ownSid({ env, run }: SiteEnvironment): Promise<string> {
  const end = await run(whoamiCall(env));
  const sid = end.code === 0 ? sidOfWhoami(end.stdout) : undefined;
  if (sid === undefined) throw unknownOperator(`the SID of this account is not known: whoami: ${programReason(end)}`);
  return sid;
}

async function grantOnWindows(folder: string, access: WindowsAccess, { env, run }: SiteEnvironment): Promise<void> {
  const end = await run({ command: systemProgram('icacls.exe', env), args: icaclsArguments(folder, access) });
  if (end.code !== 0)
    throw new SyncError('SiteFolderNotWritable', { path: folder, reason: `icacls: ${programReason(end)}` });
}

function unknownOperator(reason: string): SyncError {
  return new SyncError('InvalidRequest', { method: 'site/new', reason });
}
