import { dirname, win32 } from 'node:path';
import type { SiteAccess } from '../contract/generated/types.js';
import { SyncError } from '../errors/SyncError.js';
import type { NewAccess } from '../platform/accounts/accessList.js';
import { isAdministrator } from '../platform/accounts/accounts.js';
import type { AccountsOptions } from '../platform/accounts/accounts.js';
import { plannedAccess, writeSiteAccess } from '../platform/accounts/giveFolder.js';
import { rootAccess } from '../platform/accounts/windowsAccess.js';
import type { SiteFolder } from '../site/SiteFolder.js';
import { isRootOnWindows } from '../site/siteRoot.js';
import type { SiteRootOptions } from '../site/siteRoot.js';
import { openFoldersAbove, verifySiteFolder } from '../site/siteTrust.js';

/** What is wanted of it. */
interface RepairOptions {
  readonly whatIf: boolean;
  /** True where the folders above that others could exchange get the list of the folder of all sites too. */
  readonly includeParent?: boolean | undefined;
}

/**
 * Puts owner and access lists of a site folder right on Windows: Administrators own it, and whom an owner of before did
 * not appoint has no entry any more. @throws SyncError InvalidRequest, SiteFolderNotWritable, SiteFolderNotTrusted
 */
export async function repairAccess(
  site: SiteFolder,
  { whatIf, includeParent }: RepairOptions,
  system: AccountsOptions & SiteRootOptions,
): Promise<SiteAccess> {
  if (system.platform !== 'win32')
    throw new SyncError('InvalidRequest', {
      method: 'site/repairAccess',
      reason: 'this is needed only on Windows; elsewhere the owner and mode of the folder decide',
    });
  const reason = await reasonAgainst(site, system);
  const above = includeParent === true ? await openAbove(site, system) : [];
  const items = await planned(site, above, system);
  if (!whatIf) await write(site, items, system);
  return {
    SiteCode: site.siteCode,
    InstallDir: site.path,
    Reason: reason,
    Steps: items.map(shown),
    Changed: !whatIf,
  };
}

async function reasonAgainst(site: SiteFolder, system: AccountsOptions): Promise<string | null> {
  try {
    await verifySiteFolder(site, system);
    return null;
  } catch (caught) {
    if (caught instanceof SyncError) return caught.message;
    throw caught;
  }
}

async function planned(
  site: SiteFolder,
  above: readonly string[],
  system: AccountsOptions & SiteRootOptions,
): Promise<readonly NewAccess[]> {
  const parent = dirname(site.path);
  const root = isRootOnWindows(parent, system) && !above.includes(parent) ? [parent] : [];
  const { items } = await plannedAccess(site.path, { operators: site.operators }, system);
  return [...[...above, ...root].map(rootAccess), ...items];
}

/** Those of the system keep what they have, whatever that is: others than the site need it. */
async function openAbove(site: SiteFolder, system: AccountsOptions): Promise<readonly string[]> {
  const { SystemRoot, ProgramData, ProgramFiles, PUBLIC, USERPROFILE } = system.env;
  const kept = [SystemRoot, ProgramData, ProgramFiles, system.env['ProgramFiles(x86)'], PUBLIC, USERPROFILE];
  const plain = (path: string): string => win32.normalize(`${path}\\`).toUpperCase();
  const folders = kept.flatMap((path) => (path === undefined ? [] : [plain(path), plain(win32.dirname(path))]));
  return (await openFoldersAbove(site.path, system)).filter(
    (path) => win32.dirname(path) !== path && !folders.includes(plain(path)),
  );
}

async function write(site: SiteFolder, items: readonly NewAccess[], system: AccountsOptions): Promise<void> {
  if (!(await isAdministrator(system)))
    throw new SyncError('SiteFolderNotWritable', { path: site.path, reason: 'it needs an elevated session' });
  await writeSiteAccess(site.path, items, system);
  // Once more, by the lists that are there now.
  await verifySiteFolder(site, system);
}

function shown({ path, sddl, below }: NewAccess): string {
  const more = below !== undefined ? '; everything below inherits from it and belongs to Administrators' : '';
  return `Set owner and access list of ${path} to ${sddl}${more}`;
}
