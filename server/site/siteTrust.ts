import { win32 } from 'node:path';
import { SyncError } from '../errors/SyncError.js';
import {
  fullControlOf,
  isAdministrative,
  mayWrite,
  readAccess,
  reasonAgainstAccess,
} from '../platform/accounts/accessList.js';
import type { FoundAccess, FoundAccessLists } from '../platform/accounts/accessList.js';
import type { ScriptSystem } from '../platform/windowsScript.js';
import { SITE_FILES } from './SiteFolder.js';
import type { SiteFolder } from './SiteFolder.js';

/** What looking at a site folder needs from outside. */
export interface TrustSystem extends ScriptSystem {
  readonly platform: NodeJS.Platform;
}

/** What is decided of a site folder on Windows: whether it may be used, and whether an engine may be started there. */
interface SiteTrust {
  readonly refused?: { readonly path: string; readonly reason: string };
  readonly mayStart: boolean;
}

/**
 * Decides from access lists that were read once. Trusted are administrators, this account, and whom one of these gave
 * full control of the folder: nobody else could have. Who can only write there, as operators could in earlier versions,
 * could lead the engine to files of others. Of the folders above only who could put another one in the place of the
 * site counts.
 */
export function siteTrust(lists: FoundAccessLists, folder: string): SiteTrust {
  const site = lists.items.find(({ path }) => path === folder);
  if (site === undefined) return { refused: { path: folder, reason: 'its access list was not read' }, mayStart: false };
  const circle = circleOf(lists, site);
  for (const item of lists.items) {
    const reason = reasonAgainst(item, circle);
    if (reason !== undefined) return { refused: { path: item.path, reason }, mayStart: false };
  }
  return { mayStart: mayWrite(lists, site) };
}

interface Circle {
  readonly folder: string;
  readonly isOwn: (sid: string) => boolean;
  readonly isTrusted: (sid: string) => boolean;
}

function circleOf(lists: FoundAccessLists, site: FoundAccess): Circle {
  const isOwn = (sid: string): boolean => isAdministrative(sid) || sid === lists.own;
  const appointed = new Set(isOwn(site.owner ?? '') ? fullControlOf(site) : []);
  return { folder: site.path, isOwn, isTrusted: (sid) => isOwn(sid) || appointed.has(sid) };
}

function reasonAgainst(item: FoundAccess, { folder, isOwn, isTrusted }: Circle): string | undefined {
  if (foldersAbove(folder).includes(item.path)) return reasonAgainstAbove(item, isTrusted);
  // Whoever has full control of the folder could give it to himself again: its owner must be one of the first.
  if (item.path === folder) return reasonAgainstAccess(item, isTrusted, { mayOwn: isOwn });
  const isTransfer = item.path === win32.join(folder, SITE_FILES.transfer);
  return reasonAgainstAccess(item, isTrusted, { scope: isTransfer ? 'exchange' : 'change' });
}

function reasonAgainstAbove(item: FoundAccess, isTrusted: (sid: string) => boolean): string | undefined {
  const isDrive = win32.dirname(item.path) === item.path;
  const reason = reasonAgainstAccess(item, isTrusted, { scope: isDrive ? 'drive' : 'exchange' });
  return reason === undefined
    ? undefined
    : `${reason}; the site is below it, and whoever may rename that folder can replace the site`;
}

/**
 * Looks on Windows whether a site folder, and what stands in it, may be used by this account; elsewhere it was looked
 * at when it was opened. Gives the site, as a guest's where this account may only ask. @throws SyncError
 * SiteFolderNotTrusted
 */
export async function verifySiteFolder(site: SiteFolder, system: TrustSystem): Promise<SiteFolder> {
  if (system.platform !== 'win32') return site;
  const names = site.files.readdirSync(site.path);
  const parts = [site.path, ...names.map((name) => win32.join(site.path, name)), ...foldersAbove(site.path)];
  const lists = await readAccess(parts, system);
  if ('reason' in lists) throw notTrusted(site.path, `its access list cannot be read (${lists.reason})`);
  const { refused, mayStart } = siteTrust(lists, site.path);
  if (refused !== undefined) throw notTrusted(refused.path, refused.reason);
  return mayStart ? site : { ...site, use: { as: 'guest', reason: 'this account may not write there' } };
}

/** Who may rename one of them puts another folder in the place of the site. */
function foldersAbove(folder: string): readonly string[] {
  const above = win32.dirname(folder);
  return above === folder ? [] : [above, ...foldersAbove(above)];
}

/**
 * The folders above a site on Windows that others could exchange, from the drive down. One that is a link, or of which
 * nothing can be read, is not among them: a list would change nothing about that.
 */
export async function openFoldersAbove(folder: string, system: ScriptSystem): Promise<readonly string[]> {
  const lists = await readAccess([folder, ...foldersAbove(folder)], system);
  if ('reason' in lists) throw notTrusted(folder, `its access list cannot be read (${lists.reason})`);
  const [site = { path: folder }, ...above] = lists.items;
  const { isTrusted } = circleOf(lists, site);
  const found = above.filter((item) => item.entries !== undefined && item.isReparsePoint !== true);
  return found
    .filter((item) => reasonAgainstAbove(item, isTrusted) !== undefined)
    .map(({ path }) => path)
    .reverse();
}

/**
 * Why the folder of all sites must not be used: others could put a site there. @throws SyncError SiteFolderNotTrusted
 */
export async function verifySiteRoot(root: string, system: TrustSystem): Promise<void> {
  await verifyFolders([root], system, reasonAgainstAccess);
}

/**
 * Looks on Windows, before a site is made, whether others could put another folder in its place later.
 * @throws SyncError SiteFolderNotTrusted
 */
export async function verifyAboveSite(folder: string, system: TrustSystem): Promise<void> {
  await verifyFolders(foldersAbove(folder), system, reasonAgainstAbove);
}

async function verifyFolders(
  folders: readonly string[],
  system: TrustSystem,
  reasonOf: (item: FoundAccess, isTrusted: (sid: string) => boolean) => string | undefined,
): Promise<void> {
  if (system.platform !== 'win32') return;
  const lists = await readAccess(folders, system);
  if ('reason' in lists) throw notTrusted(folders[0] ?? '', `its access list cannot be read (${lists.reason})`);
  const isTrusted = (sid: string): boolean => isAdministrative(sid) || sid === lists.own;
  for (const item of lists.items) {
    const reason = reasonOf(item, isTrusted);
    if (reason !== undefined) throw notTrusted(item.path, reason);
  }
}

function notTrusted(path: string, reason: string): SyncError {
  return new SyncError('SiteFolderNotTrusted', { path, reason });
}
