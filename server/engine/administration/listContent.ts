import type { ContentFileInfo, ContentListRequest, ContentListResult } from '../../contract/generated/types.js';
import { digestHex } from '../../upstream/contentAddress.js';
import type { SiteContext } from '../../state/SiteContext.js';
import {
  type ContentFileOf,
  contentFilesOf,
  type ContentSource,
  contentSourceOf,
  contentUrls,
} from '../../content/contentFiles.js';
import { findUpdates } from './findUpdates.js';

/**
 * `content/list`: the files of the named updates, as their documents tell them.
 * @throws SyncError UpdateNotFound, ContradictoryParameters
 */
export async function listContent(context: SiteContext, params: ContentListRequest): Promise<ContentListResult> {
  const source = await contentSourceOf(context);
  const files: ContentFileInfo[] = [];
  for (const update of await findUpdates(context, params)) {
    for (const file of await contentFilesOf(context, update))
      files.push(toContentFile(file, source, context.site.siteGuid));
  }
  return { files };
}

/** SMS_CIContentFiles (configmgr.md section 2.2), then ours. */
function toContentFile(content: ContentFileOf, source: ContentSource, siteGuid: string): ContentFileInfo {
  const { update, identity, revisionId, languages, file } = content;
  const address = contentUrls(content, source)[0]?.href ?? '';
  return {
    CI_UniqueID: update.updateId,
    ContentID: revisionId,
    FileName: file.fileName,
    FileHash: digestHex(file.digest),
    FileSize: file.size,
    FileVersion: '',
    ImportPath: '',
    IsSigned: false,
    LanguageID: 0,
    SourceURL: address,
    ModelName: `Site_${siteGuid}/SUM_${update.updateId}`,
    ObjectTypeID: 1,
    CI_ID: update.ciId,
    ContentUniqueID: identity.updateId,
    ContentVersion: identity.revisionNumber,
    ContentLocales: [...languages],
    FileHashSHA256: digestHex(file.sha256),
    DateModified: isoOf(file.modified),
    PatchingType: file.patchingType,
  };
}

function isoOf(text: string): string | null {
  const date = new Date(/(Z|[+-]\d\d:\d\d)$/.test(text) ? text : `${text}Z`);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}
