import { chooseProxy } from '../../upstream/chooseProxy.js';
import { contentAddress, trustedAddress } from '../../upstream/contentAddress.js';
import { ContentDownloader } from '../../upstream/ContentDownloader.js';
import { createDispatcher } from '../../upstream/createDispatcher.js';
import { parseUpstreamUrl } from '../../upstream/parseUpstreamUrl.js';
import { MICROSOFT_UPDATE_URL } from '../../upstream/SourceSettings.js';
import { readSettings } from '../ComponentSettings.js';
import { sourceSettings } from '../createSource.js';
import type { SiteContext } from '../SiteContext.js';
import type { ContentFileOf } from './contentFiles.js';

/** Nothing for so long ends a download. */
const IDLE_MS = 60_000;

/** Where files come from: the source, and whether it has a content folder of its own (Microsoft Update has none). */
export interface ContentSource {
  readonly base: URL;
  readonly hasContentFolder: boolean;
}

/** The source of the component. */
export async function contentSourceOf({ database, site }: SiteContext): Promise<ContentSource> {
  const settings = await readSettings(database, site.serverName);
  const isUpstream = settings.synchronizeAction === 'SynchronizeFromAnUpstreamDataSourceLocation';
  return { base: parseUpstreamUrl(isUpstream ? settings.upstreamSourceLocation : MICROSOFT_UPDATE_URL), hasContentFolder: isUpstream };
}

/** Downloads with the proxy and the certificates of the component. */
export async function createDownloader(context: SiteContext): Promise<{ source: ContentSource; downloader: ContentDownloader }> {
  const settings = await sourceSettings(context.site, await readSettings(context.database, context.site.serverName));
  const proxyFor = (url: URL): ReturnType<typeof chooseProxy> => chooseProxy(url, settings, process.env);
  const downloader = new ContentDownloader({ proxyFor, dispatcherFor: (url) => createDispatcher(url, settings, proxyFor(url)), idleMs: IDLE_MS });
  return { source: await contentSourceOf(context), downloader };
}

/** The addresses of a file in the order in which they are tried: the content folder of the upstream server, then where it said that Microsoft has it. */
export function contentUrls({ identity, file, url }: ContentFileOf, { base, hasContentFolder }: ContentSource): URL[] {
  const own = hasContentFolder ? [contentAddress(base, { identity, fileName: file.fileName, digest: file.digest })] : [];
  const named = trustedAddress(base, url);
  return named === undefined ? own : [...own, named];
}
