import { filesOf } from '../../site/SiteFolder.js';
import { ContentDownloader } from '../../upstream/ContentDownloader.js';
import { MICROSOFT_UPDATE_URL, parseUpstreamUrl } from '../../upstream/SourceSettings.js';
import { contentAddress, trustedAddress } from '../../upstream/contentAddress.js';
import { contentAccess } from '../../upstream/dispatchers.js';
import type { ComponentSettings } from '../ComponentSettings.js';
import type { SiteContext } from '../SiteContext.js';
import { sourceSettings } from '../createSource.js';
import { siteSettings } from '../siteSettings.js';
import type { ContentFileOf } from './contentFiles.js';

/** Nothing for so long ends a download. */
const IDLE_MS = 60_000;

/** Where files come from: the source, and whether it has a content folder of its own (Microsoft Update has none). */
export interface ContentSource {
  readonly base: URL;
  readonly hasContentFolder: boolean;
}

/** The source that the site works with: below a parent, the parent. */
export async function contentSourceOf(context: SiteContext): Promise<ContentSource> {
  return sourceOf(await siteSettings(context));
}

function sourceOf(settings: ComponentSettings): ContentSource {
  const isUpstream = settings.synchronizeAction === 'SynchronizeFromAnUpstreamDataSourceLocation';
  return {
    base: parseUpstreamUrl(isUpstream ? settings.upstreamSourceLocation : MICROSOFT_UPDATE_URL),
    hasContentFolder: isUpstream,
  };
}

/** Downloads as the site reaches its source, with proxy and certificates. */
export async function createDownloader(
  context: SiteContext,
): Promise<{ source: ContentSource; downloader: ContentDownloader }> {
  const settings = await siteSettings(context);
  const source = sourceOf(settings);
  const access = contentAccess(source.base, await sourceSettings(context.site, settings, context.parent), process.env);
  return { source, downloader: new ContentDownloader({ ...access, idleMs: IDLE_MS, files: filesOf(context.site) }) };
}

/**
 * The addresses of a file in the order in which they are tried: the content folder of the upstream server, then where
 * it said that Microsoft has it.
 */
export function contentUrls({ identity, file, url }: ContentFileOf, { base, hasContentFolder }: ContentSource): URL[] {
  const own = hasContentFolder
    ? [contentAddress(base, { identity, fileName: file.fileName, digest: file.digest })]
    : [];
  const named = trustedAddress(base, url);
  return named === undefined ? own : [...own, named];
}
