import { readdirSync } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { posix, win32 } from 'node:path';
import { reasonOf, SyncError } from '../errors/SyncError.js';
import type { ErrorData } from '../errors/SyncError.js';
import type { ServiceAccount } from './service/ServicePlan.js';
import { isAdministrative, readAccess, reasonAgainstAccess } from './accounts/accessList.js';
import type { FoundAccess } from './accounts/accessList.js';
import { realPlace } from './files/windowsPlace.js';
import type { ScriptSystem } from './windowsScript.js';

/** What is looked at of a file or folder; all of `fs.Stats` that matters here. */
interface Looked {
  readonly uid: number;
  readonly gid: number;
  readonly mode: number;
}

/** What looking at programs needs from outside. */
interface ProgramSystem extends ScriptSystem {
  readonly platform: NodeJS.Platform;
}

/**
 * Refuses programs that an account could not run, or that somebody else could exchange: he would act as that account
 * from then on. @throws SyncError ServiceProgramNotTrusted
 */
export async function checkPrograms(
  paths: readonly string[],
  account: ServiceAccount,
  system: ProgramSystem,
): Promise<void> {
  const refuse = (path: string, reason: string | undefined): void => {
    if (reason !== undefined) throw new SyncError('ServiceProgramNotTrusted', { path, account: account.name, reason });
  };
  if (system.platform !== 'win32') {
    for (const path of paths) refuse(path, await posixDistrust(path, account));
    return;
  }
  const places = paths.map((path) => realPlace(path));
  for (const place of places) refuse(place, networkDistrust(place));
  const folders = places.flatMap(codeFolders);
  const parts = [...places, ...folders.flatMap((folder) => [...besides(folder), ...withAllAbove(folder)])];
  const lists = await readAccess([...new Set(parts)], system);
  if ('reason' in lists) throw new SyncError('ServiceProgramNotTrusted', refusalOf(places, account, lists.reason));
  for (const item of lists.items) refuse(item.path, windowsDistrust(item, account, folders));
}

function networkDistrust(path: string): string | undefined {
  return /^[a-z]:\\/i.test(path) ? undefined : 'it is not on a local drive';
}

/** The libraries that lie beside the bundle as packages. */
export const LIBRARIES: readonly string[] = ['sql.js', 'libarchive-wasm'];

/**
 * The folders that a program loads code from. Those of the engine are several: its parts, its libraries, and the
 * folders above in which Node.js would look for a library first.
 */
function codeFolders(program: string): readonly string[] {
  const folder = win32.dirname(program);
  const root = /^(.*)\\dist\\server\\main\.js$/i.exec(program)?.[1];
  if (root === undefined) return [folder];
  const libraries = win32.join(root, 'node_modules');
  const above = [root, win32.join(root, 'dist'), libraries];
  return [folder, win32.join(folder, 'parts'), ...above, ...LIBRARIES.flatMap((name) => foldersIn(libraries, name))];
}

/** A folder of a library with those below. */
function foldersIn(above: string, name: string): readonly string[] {
  const folder = win32.join(above, name);
  return [folder, ...namesIn(folder, true).flatMap((inner) => foldersIn(folder, inner))];
}

function withAllAbove(folder: string): readonly string[] {
  const above = win32.dirname(folder);
  return above === folder ? [folder] : [folder, ...withAllAbove(above)];
}

/** The engine is several files, and a program loads libraries that lie beside it. */
function besides(folder: string): readonly string[] {
  return namesIn(folder).map((name) => win32.join(folder, name));
}

function namesIn(folder: string, isOfFolders = false): readonly string[] {
  try {
    const found = readdirSync(folder, { withFileTypes: true });
    return found.filter((entry) => !isOfFolders || entry.isDirectory()).map(({ name }) => name);
  } catch {
    return []; // its access list says whether it is there
  }
}

function refusalOf(places: readonly string[], account: ServiceAccount, reason: string): ErrorData {
  return { path: places[0] ?? '', account: account.name, reason: `access lists cannot be read (${reason})` };
}

/**
 * Why something that was looked at speaks against it. In folders further above those that code is loaded from others
 * may make names, as they may on every drive.
 */
export function windowsDistrust(
  found: FoundAccess,
  account: ServiceAccount,
  folders: readonly string[],
): string | undefined {
  const isAccount = (sid: string): boolean => sid === account.id && !/^S-1-5-(19|20)$/.test(sid);
  const isClose = [found.path, win32.dirname(found.path)].some((path) => folders.includes(path));
  return reasonAgainstAccess(found, (sid) => isAdministrative(sid) || isAccount(sid), {
    scope: isClose ? 'change' : 'exchange',
  });
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
