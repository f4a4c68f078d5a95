import { execFile } from 'node:child_process';
import { chmod, chown, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { reasonOf, SyncError } from '../errors/SyncError.js';
import { icaclsArguments, sidOfWhoami, type WindowsAccess } from '../platform/windowsAccess.js';
import type { SiteEnvironment } from './SiteEnvironment.js';

const run = promisify(execFile);

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
    return { folderMode: 0o700, fileMode: 0o600, windows: { creator: await ownSid(), operators } };
  const [group, ...others] = operators;
  if (group === undefined) return { folderMode: 0o700, fileMode: 0o600 };
  if (others.length > 0)
    throw unknownOperator('a folder can be shared with one group here: put the operators into one');
  return { folderMode: 0o770, fileMode: 0o660, group: await groupId(group) };
}

/** Sets the permissions of a folder. */
export async function grantAccess(folder: string, access: SiteAccess): Promise<void> {
  if (access.windows !== undefined) return grantOnWindows(folder, access.windows);
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

async function ownSid(): Promise<string> {
  const { stdout } = await run('whoami.exe', ['/user', '/fo', 'csv', '/nh'], { windowsHide: true });
  const sid = sidOfWhoami(stdout);
  if (sid === undefined) throw unknownOperator('whoami did not give the SID of this account');
  return sid;
}

async function grantOnWindows(folder: string, access: WindowsAccess): Promise<void> {
  try {
    await run('icacls.exe', [...icaclsArguments(folder, access)], { windowsHide: true });
  } catch (caught) {
    throw new SyncError(
      'SiteFolderNotWritable',
      { path: folder, reason: `icacls: ${reasonOf(caught)}` },
      { cause: caught },
    );
  }
}

function unknownOperator(reason: string): SyncError {
  return new SyncError('InvalidRequest', { method: 'site/new', reason });
}
