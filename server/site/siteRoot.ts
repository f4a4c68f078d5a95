import { basename, join, posix, resolve, win32 } from 'node:path';
import { reasonOf, SyncError } from '../errors/SyncError.js';
import { plainFiles } from '../platform/files/folderFiles.js';
import { systemErrorCode } from '../platform/systemErrorCode.js';
import type { SiteFolder } from './SiteFolder.js';
import { notReadable, openSite } from './openSite.js';
import { siteFolderName } from './siteCode.js';

/** What the place of the sites depends on. */
export interface SiteRootOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly platform: NodeJS.Platform;
  readonly homeFolder: string;
}

/** The folder that holds the site folders. */
export function siteRoot({ env, platform, homeFolder }: SiteRootOptions): string {
  const chosen = env['CONFIGMGRSYNC_HOME'];
  if (isSet(chosen)) return chosen;
  if (platform === 'win32') return win32.join(env['ProgramData'] ?? 'C:\\ProgramData', 'ConfigMgrSync');
  const state = env['XDG_STATE_HOME'];
  return posix.join(isSet(state) ? state : posix.join(homeFolder, '.local', 'state'), 'configmgrsync');
}

/** True for the folder of all sites of Windows, however its path is written. */
export function isRootOnWindows(folder: string, options: SiteRootOptions): boolean {
  if (options.platform !== 'win32') return false;
  const plain = (path: string): string => win32.normalize(`${path}\\`).toUpperCase();
  return [siteRoot(options), resolve(siteRoot(options))].some((root) => plain(folder) === plain(root));
}

/** True where the folder of all sites is one that somebody chose. */
export function isChosenRoot({ env }: Pick<SiteRootOptions, 'env'>): boolean {
  return isSet(env['CONFIGMGRSYNC_HOME']);
}

function isSet(text: string | undefined): text is string {
  return text !== undefined && text !== '';
}

/** What lies under the root: the sites that this account may use, and why it may not use the others. */
export interface FoundSites {
  /** In the order of their codes. */
  readonly sites: readonly SiteFolder[];
  readonly refused: readonly { readonly name: string; readonly error: SyncError }[];
}

/** The sites under the root that this account may use, in the order of their codes. */
export async function listSites(options: SiteRootOptions): Promise<readonly SiteFolder[]> {
  return (await findSites(options)).sites;
}

/** Looks at every folder under the root. One that is not a site is passed over. */
export async function findSites(options: SiteRootOptions): Promise<FoundSites> {
  const root = siteRoot(options);
  const found = await Promise.all(folderNames(root).map((name) => lookAt(root, name)));
  const sites = found.flatMap((one) => ('site' in one ? [one.site] : []));
  const refused = found.flatMap((one) => ('error' in one ? [one] : []));
  return { sites: sites.sort((a, b) => a.siteCode.localeCompare(b.siteCode, 'en')), refused };
}

function folderNames(root: string): readonly string[] {
  try {
    return plainFiles.readdirSync(root).filter((name) => !name.startsWith('.'));
  } catch (caught) {
    if (systemErrorCode(caught) === 'ENOENT') return [];
    throw (
      notReadable(root, caught) ??
      new SyncError('SiteFolderInvalid', { path: root, reason: reasonOf(caught) }, { cause: caught })
    );
  }
}

const REFUSALS: ReadonlySet<string> = new Set(['SiteAccessDenied', 'SiteFolderNotReadable', 'SiteFolderNotTrusted']);

type Look = { readonly site: SiteFolder } | FoundSites['refused'][number] | { readonly name: string };

async function lookAt(root: string, name: string): Promise<Look> {
  try {
    const site = await openSite(join(root, name));
    // The name decides which site is meant: who copies or plants another folder has the name of his folder.
    return siteFolderName(site).toUpperCase() === basename(site.path).toUpperCase() ? { site } : { name };
  } catch (caught) {
    if (!(caught instanceof SyncError)) throw caught;
    return REFUSALS.has(caught.errorId) ? { name, error: caught } : { name };
  }
}
