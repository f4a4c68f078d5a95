import { isAbsolute } from 'node:path';
import { SyncError } from '../errors/SyncError.js';
import type { SiteFolder } from './SiteFolder.js';
import { openSite } from './openSite.js';
import { siteFolderName } from './siteCode.js';
import { findSiteBelow } from './sitesBelow.js';
import { findSites } from './siteRoot.js';
import type { FoundSites, SiteRootOptions } from './siteRoot.js';

/** How a site is named; nothing means: the variable CONFIGMGRSYNC_SITE, then the only site. */
interface SiteChoice extends SiteRootOptions {
  readonly sitePath?: string | undefined;
  readonly siteCode?: string | undefined;
}

/** Finds the site that is meant. */
export async function resolveSite(choice: SiteChoice): Promise<SiteFolder> {
  if (choice.sitePath !== undefined) return openChecked(choice.sitePath, choice.siteCode);
  if (choice.siteCode !== undefined) return byCode(choice.siteCode, choice);
  const named = choice.env['CONFIGMGRSYNC_SITE'];
  if (named === undefined || named === '') return onlySite(choice);
  return isPath(named) ? openSite(named) : byCode(named, choice);
}

async function openChecked(path: string, siteCode: string | undefined): Promise<SiteFolder> {
  const site = await openSite(path);
  if (siteCode === undefined || sameCode(site.siteCode, siteCode)) return site;
  throw new SyncError('SiteNotFound', { site: siteCode, known: `${site.siteCode} in ${site.path}` });
}

async function byCode(siteCode: string, options: SiteRootOptions): Promise<SiteFolder> {
  const { sites, refused } = await findSites(options);
  const found =
    sites.find((site) => site.type !== 'SoftwareUpdatePoint' && sameCode(site.siteCode, siteCode)) ??
    sites.find((site) => sameCode(siteFolderName(site), siteCode)) ??
    onlyPoint(sites.filter((site) => sameCode(site.siteCode, siteCode)));
  if (found !== undefined) return found;
  throwFirst(refused.filter(({ name }) => sameCode(name, siteCode)));
  throwBelow(findSiteBelow(sites, siteCode));
  throw new SyncError('SiteNotFound', { site: siteCode, known: named(sites) });
}

/** A code means the site; where that is on another machine, its software update point here. */
function onlyPoint(points: readonly SiteFolder[]): SiteFolder | undefined {
  if (points.length > 1) throw new SyncError('SiteAmbiguous', { known: named(points) });
  return points[0];
}

/** A site that is there and may not be used is not one that does not exist. */
function throwFirst([first]: FoundSites['refused']): void {
  if (first !== undefined) throw first.error;
}

/** One that a site here knows below itself is not one that does not exist. */
function throwBelow(found: ReturnType<typeof findSiteBelow>): void {
  if (found === undefined) return;
  const { below, parent } = found;
  throw new SyncError('SiteElsewhere', {
    site: below.SiteCode,
    server: below.ServerName,
    parent: parent.siteCode,
  });
}

async function onlySite(options: SiteRootOptions): Promise<SiteFolder> {
  const { sites, refused } = await findSites(options);
  const [only, another] = sites;
  if (only === undefined) throwFirst(refused);
  if (only === undefined) throw new SyncError('SiteNotFound', { site: 'on this machine', known: 'none' });
  if (another !== undefined) throw new SyncError('SiteAmbiguous', { known: named(sites) });
  return only;
}

function isPath(text: string): boolean {
  return isAbsolute(text) || /[\\/.]/.test(text);
}

function sameCode(a: string, b: string): boolean {
  return a.toUpperCase() === b.toUpperCase();
}

function named(sites: readonly SiteFolder[]): string {
  return sites.map((site) => `${siteFolderName(site)} in ${site.path}`).join(', ') || 'none';
}
