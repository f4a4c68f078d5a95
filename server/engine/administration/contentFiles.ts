import { identityKey } from '../../metadata/UpdateIdentity.js';
import type { UpdateIdentity } from '../../metadata/UpdateIdentity.js';
import type { UpdateFile } from '../../metadata/UpdateMetadata.js';
import { readUpdateDocument } from '../../metadata/readUpdateDocument.js';
import { turn } from '../../platform/inTurns.js';
import type { StoredDocument } from '../../store/StoreInspection.js';
import { decodeFileAddresses } from '../../store/fileAddresses.js';
import type { UpdateRow } from '../../store/rows.js';
import type { SiteContext } from '../SiteContext.js';
import { readRecord } from '../readDocument.js';

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
  const record = await readRecord(context, revisionId, document.location);
  const { files, languages, bundledUpdates } = readUpdateDocument(record.document, identityKey(identity));
  const urls = new Map(decodeFileAddresses(record.notes).map(({ digest, url }) => [digest, url]));
  return {
    files: files.map((file) => ({ update, identity, revisionId, languages, file, url: urls.get(file.digest) ?? '' })),
    bundled: bundledUpdates.flat(),
  };
}
