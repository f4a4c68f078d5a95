import { identityKey, type UpdateIdentity } from '../metadata/UpdateIdentity.js';
import type { UpdateFile } from '../metadata/UpdateMetadata.js';
import { readUpdateDocument } from '../metadata/readUpdateDocument.js';
import { turn } from '../platform/inTurns.js';
import { filesOf } from '../site/SiteFolder.js';
import type { ComponentSettings } from '../state/ComponentSettings.js';
import type { SiteContext } from '../state/SiteContext.js';
import { sourceSettings } from '../state/createSource.js';
import { siteSettings } from '../state/inheritedSettings.js';
import { readRecord } from '../state/readDocument.js';
import type { StoredDocument } from '../store/StoreInspection.js';
import { decodeFileAddresses } from '../store/fileAddresses.js';
import type { UpdateRow } from '../store/rows.js';
import { ContentDownloader } from '../upstream/ContentDownloader.js';
import { MICROSOFT_UPDATE_URL, parseUpstreamUrl } from '../upstream/SourceSettings.js';
import { contentAddress, trustedAddress } from '../upstream/contentAddress.js';
import { contentAccess } from '../upstream/dispatchers.js';

/**
 * A file of a software update: the revision whose document names it (a bundled child's for a bundle), and the languages
 * it is for ([]: all).
 */
export interface ContentFileOf {
  readonly update: UpdateRow;
  readonly identity: UpdateIdentity;
  readonly revisionId: number;
  readonly languages: readonly string[];
  readonly file: UpdateFile;
  /** Where the upstream said that Microsoft has it, '' where it did not. */
  readonly url: string;
}

/**
 * The files of a software update and of what it bundles, in the order of the documents. Children that are not stored
 * are passed over.
 */
export async function contentFilesOf(context: SiteContext, update: UpdateRow): Promise<ContentFileOf[]> {
  const own = await filesIn(context, update, update);
  const files = [...own.files];
  for (const child of await context.database.documentsOf(own.bundled))
    if (child !== undefined) {
      for (const file of (await filesIn(context, update, child)).files) files.push(file);
      await turn();
    }
  return files;
}

async function filesIn(
  context: SiteContext,
  update: UpdateRow,
  document: StoredDocument,
): Promise<{ files: ContentFileOf[]; bundled: readonly UpdateIdentity[] }> {
  const { updateId, revisionNumber, revisionId } = document;
  const identity = { updateId, revisionNumber };
  const record = await readRecord(context, { revisionId, location: document.location });
  const { files, languages, bundledUpdates } = readUpdateDocument(record.document, identityKey(identity));
  const urls = new Map(decodeFileAddresses(record.notes).map(({ digest, url }) => [digest, url]));
  return {
    files: files.map((file) => ({ update, identity, revisionId, languages, file, url: urls.get(file.digest) ?? '' })),
    bundled: bundledUpdates.flat(),
  };
}

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
