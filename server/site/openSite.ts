import { readFile, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { reasonOf, SyncError } from '../errors/SyncError.js';
import { systemErrorCode } from '../platform/systemErrorCode.js';
import { readServiceNote } from '../service/ServiceNote.js';
import { reasonAgainstOwner, type SiteAccount, siteAccount } from './reasonAgainstOwner.js';
import { type SiteDescription, siteFiles, type SiteFolder, type SitePipe } from './SiteFolder.js';

/** Opens a site folder. */
export async function openSite(path: string): Promise<SiteFolder> {
  const folder = await realFolder(path);
  const description = await readPart<SiteDescription>(folder, siteFiles.description, [
    'siteCode',
    'siteName',
    'type',
    'created',
    'serverName',
    'siteGuid',
  ]);
  const pipe = await readPart<SitePipe>(folder, siteFiles.pipe, ['pipeName', 'secret']);
  return { ...description, ...pipe, path: folder };
}

async function realFolder(path: string): Promise<string> {
  try {
    const folder = await realpath(path);
    const found = await stat(folder);
    const account = siteAccount();
    const reason = reasonAgainstOwner(found, account);
    if (reason !== undefined && !isGivenAway(folder, found, account))
      throw new SyncError('SiteFolderNotTrusted', { path, reason });
    return folder;
  } catch (caught) {
    if (caught instanceof SyncError) throw caught;
    throw invalid(path, accessProblem(caught, 'it does not exist'), caught);
  }
}

/**
 * A site that root gave to the account of a service is still root's to command: it starts no engine there
 * (`startRefusal`), so that it leaves
 * no file that the service could not write.
 */
function isGivenAway(
  folder: string,
  found: { readonly uid: number; readonly mode: number },
  account: SiteAccount | undefined,
): boolean {
  if (account?.userId !== 0 || (found.mode & 0o002) !== 0) return false;
  return readServiceNote(folder)?.accountId === String(found.uid);
}

async function readPart<T extends object>(
  folder: string,
  name: string,
  texts: readonly (keyof T & string)[],
): Promise<T> {
  const value = await readJson(folder, name);
  const missing = texts.find((key) => typeof (value as Record<string, unknown>)[key] !== 'string');
  if (missing !== undefined) throw invalid(folder, `${name} has no ${missing}`);
  return value as T;
}

async function readJson(folder: string, name: string): Promise<object> {
  try {
    const value: unknown = JSON.parse(await readFile(join(folder, name), 'utf8'));
    if (typeof value === 'object' && value !== null) return value;
  } catch (caught) {
    throw invalid(folder, accessProblem(caught, `${name} is missing`, `${name} cannot be read`), caught);
  }
  throw invalid(folder, `${name} holds no object`);
}

function accessProblem(caught: unknown, missing: string, unreadable = 'it cannot be read'): string {
  const code = systemErrorCode(caught);
  if (code === 'ENOENT') return missing;
  return code === 'EACCES' || code === 'EPERM'
    ? 'this account has no access to it'
    : `${unreadable} (${reasonOf(caught)})`;
}

function invalid(path: string, reason: string, cause?: unknown): SyncError {
  return new SyncError('SiteFolderInvalid', { path, reason }, { cause });
}
