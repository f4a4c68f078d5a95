import { join } from 'node:path';
import { reasonOf, SyncError } from '../errors/SyncError.js';
import { isShared } from '../platform/files/fileTrust.js';
import { folderFiles, plainFiles } from '../platform/files/folderFiles.js';
import type { FolderFiles } from '../platform/files/folderFiles.js';
import { readText } from '../platform/files/readText.js';
import { systemErrorCode } from '../platform/systemErrorCode.js';
import { SITE_FILES } from './SiteFolder.js';
import type { SiteDescription, SiteFolder, SitePipe } from './SiteFolder.js';
import { folderUse, processAccount } from './folderUse.js';
import type { FolderUse } from './folderUse.js';
import { databaseOf } from './moveRecord.js';

/** Windows does not say it to who is shut out; an administrator whose session is not elevated is one of them. */
const ALLOWED_ON_WINDOWS = 'administrators in an elevated session, and the accounts and operators that have access';

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

/** Opens a site folder. @throws SyncError SiteAccessDenied, SiteFolderInvalid, SiteFolderNotTrusted */
export async function openSite(path: string): Promise<SiteFolder> {
  const opened = openFolder(path);
  const description = readPart<SiteDescription>(opened, SITE_FILES.description, [
    'siteCode',
    'siteName',
    'type',
    'created',
    'serverName',
    'siteGuid',
  ]);
  const pipe = readPart<SitePipe>(opened, SITE_FILES.pipe, ['pipeName', 'secret']);
  const operators = operatorsOf(description, opened);
  return Promise.resolve({ ...withEngine(description), ...pipe, ...opened, operators });
}

/** While a move is carried out the file does not name the engine. */
function withEngine(description: SiteDescription): SiteDescription {
  const { database: _database, ...rest } = description;
  const database = databaseOf(description);
  return { ...rest, ...(database === undefined ? {} : { database }) };
}

/**
 * Who else may use the site. Operators can write what site.json says of that: elsewhere than on Windows the folder
 * tells whether they are there.
 */
function operatorsOf({ operators }: Partial<SiteDescription>, { path, files }: OpenedFolder): readonly string[] {
  const named = Array.isArray(operators) ? operators.filter((name) => typeof name === 'string') : [];
  if (process.platform === 'win32' || named.length > 0) return named;
  try {
    const folder = files.lstatSync(path);
    return isShared(folder) ? [String(folder.gid)] : [];
  } catch (caught) {
    // It was there a moment ago.
    throw caught instanceof SyncError ? caught : invalid(path, unreadable(caught, 'it is missing'), caught);
  }
}

type OpenedFolder = Pick<SiteFolder, 'path' | 'files' | 'identity' | 'use'>;

function openFolder(path: string): OpenedFolder {
  try {
    const folder = plainFiles.realpathSync(path);
    const files = folderFiles(folder);
    const found = files.lstatSync(folder);
    const { dev, ino } = found;
    return { path: folder, files, identity: { dev, ino }, use: trusted(path, folderUse(found, processAccount())) };
  } catch (caught) {
    if (caught instanceof SyncError) throw caught;
    refuseShut(path, caught);
    throw notReadable(path, caught) ?? invalid(path, unreadable(caught, 'it does not exist'), caught);
  }
}

function trusted(path: string, use: FolderUse): SiteFolder['use'] {
  if (use.as === 'nobody') throw new SyncError('SiteFolderNotTrusted', { path, reason: use.reason });
  return use;
}

function readPart<T extends object>(opened: OpenedFolder, name: string, texts: readonly (keyof T & string)[]): T {
  const value = readJson(opened, name);
  const missing = texts.find((key) => typeof (value as Record<string, unknown>)[key] !== 'string');
  if (missing !== undefined) throw invalid(opened.path, `${name} has no ${missing}`);
  return value as T;
}

function readJson({ path, files }: { path: string; files: FolderFiles }, name: string): object {
  try {
    const value: unknown = JSON.parse(readText(files, join(path, name)));
    if (typeof value === 'object' && value !== null) return value;
  } catch (caught) {
    if (caught instanceof SyncError) throw caught;
    refuseShut(path, caught);
    throw (
      notReadable(join(path, name), caught) ??
      invalid(path, unreadable(caught, `${name} is missing`, `${name} cannot be read`), caught)
    );
  }
  throw invalid(path, `${name} does not contain a JSON object`);
}

function unreadable(caught: unknown, missing: string, other = 'it cannot be read'): string {
  return systemErrorCode(caught) === 'ENOENT' ? missing : `${other} (${reasonOf(caught)})`;
}

/** A folder that this account may not look into is not one that holds no site. */
export function notReadable(path: string, caught: unknown): SyncError | undefined {
  const isRefused = ['EACCES', 'EPERM'].includes(systemErrorCode(caught));
  return isRefused ? new SyncError('SiteFolderNotReadable', { path }, { cause: caught }) : undefined;
}

function invalid(path: string, reason: string, cause?: unknown): SyncError {
  return new SyncError('SiteFolderInvalid', { path, reason }, { cause });
}
