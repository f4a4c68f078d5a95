import { join } from 'node:path';
import { readText } from '../platform/files/readText.js';
import { SITE_FILES, type SiteFolder } from './SiteFolder.js';

/** A site that has joined, as `completion.json` of its parent names it. */
export interface SiteBelow {
  readonly SiteCode: string;
  readonly ServerName: string;
}

/** The site of that code below one of these, as far as their files say; nobody is asked. */
export function findSiteBelow(
  sites: readonly SiteFolder[],
  siteCode: string,
): { readonly below: SiteBelow; readonly parent: SiteFolder } | undefined {
  for (const parent of sites) {
    const below = sitesBelow(parent).find((site) => site.SiteCode.toUpperCase() === siteCode.toUpperCase());
    if (below !== undefined) return { below, parent };
  }
  return undefined;
}

function sitesBelow({ path, files }: SiteFolder): readonly SiteBelow[] {
  try {
    const content: unknown = JSON.parse(readText(files, join(path, SITE_FILES.completion)));
    const named: unknown = (content as { readonly SitesBelow?: unknown }).SitesBelow;
    return Array.isArray(named) ? named.filter(isSiteBelow) : [];
  } catch {
    // There is none before the first start, and it is only asked for a better word.
    return [];
  }
}

function isSiteBelow(value: unknown): value is SiteBelow {
  const site = value as Partial<Record<keyof SiteBelow, unknown>> | null;
  return typeof site?.SiteCode === 'string' && typeof site.ServerName === 'string';
}
