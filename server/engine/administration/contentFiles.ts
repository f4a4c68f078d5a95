import { identityKey, type UpdateIdentity } from '../../metadata/UpdateIdentity.js';
import { readUpdateDocument } from '../../metadata/readUpdateDocument.js';
import type { UpdateFile } from '../../metadata/UpdateMetadata.js';
import type { UpdateRow } from '../../store/rows.js';
import { readDocument } from '../readDocument.js';
import type { SiteContext } from '../SiteContext.js';

/** A file of a software update: the revision whose document names it (a bundled child's for a bundle), and the languages it is for ([]: all). */
export interface ContentFileOf {
  readonly update: UpdateRow;
  readonly identity: UpdateIdentity;
  readonly revisionId: number;
  readonly languages: readonly string[];
  readonly file: UpdateFile;
}

/** The files of a software update and of what it bundles, in the order of the documents. Children that are not stored are passed over. */
export async function contentFilesOf(context: SiteContext, update: UpdateRow): Promise<ContentFileOf[]> {
  const identity = { updateId: update.updateId, revisionNumber: update.revisionNumber };
  const own = readUpdateDocument(await readDocument(context, update.revisionId, update.location), identityKey(identity));
  const files: ContentFileOf[] = own.files.map((file) => ({ update, identity, revisionId: update.revisionId, languages: own.languages, file }));
  for (const child of await context.database.documentsOf(own.bundledUpdates.flat())) {
    if (child === undefined) continue;
    const ofChild = { updateId: child.updateId, revisionNumber: child.revisionNumber };
    const metadata = readUpdateDocument(await readDocument(context, child.revisionId, child.location), identityKey(ofChild));
    files.push(...metadata.files.map((file) => ({ update, identity: ofChild, revisionId: child.revisionId, languages: metadata.languages, file })));
  }
  return files;
}
