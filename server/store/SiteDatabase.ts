import type { UpdateIdentity } from '../metadata/UpdateIdentity.js';
import type { DocumentLocation } from './DocumentStore.js';
import type { CatalogueRow, CategoryRow, RelatedIds, SoftwareUpdateRow, UpdateRow } from './rows.js';
import type { SiteChanges } from './SiteChanges.js';
import type { UpdateQuery } from './UpdateQuery.js';

/** What is known of one stored revision when a list of ids is compared with the store. */
export interface StoredRevision extends UpdateIdentity {
  readonly revisionId: number;
}

/** How many rows there are, for status and progress. */
export interface SiteCounts {
  readonly revisions: number;
  readonly categories: number;
  readonly softwareUpdates: number;
}

/** One page of a walk over the catalogue. */
export interface CataloguePage {
  /** Only revisions that were stored after this run began (its first revision id), 0 for all. */
  readonly fromRevisionId: number;
  readonly afterRevisionId: number;
  readonly limit: number;
}

/** The questions that can be asked of a site database. */
export interface SiteReads {
  setting(name: string): Promise<unknown>;
  /** Stored result of a request that changed state, as JSON text. */
  requestResult(requestId: string): Promise<string | undefined>;
  counts(): Promise<SiteCounts>;

  /** Those of the identities that are not stored yet, in the order given. */
  missingRevisions(identities: readonly UpdateIdentity[]): Promise<readonly UpdateIdentity[]>;
  /** The row ids that the next stored revision, run, software update and category get; ids are given by the caller. */
  nextIds(): Promise<{ revision: number; run: number; softwareUpdate: number; category: number; message: number }>;

  /** Latest revisions of software and drivers with the ids their category clauses name, in order of the revision id. */
  cataloguePage(page: CataloguePage): Promise<readonly CatalogueRow[]>;
  /** How many rows such a walk gives. */
  catalogueSize(fromRevisionId: number): Promise<number>;
  /** The exact bundled revisions of each given revision, where stored. */
  bundledRevisions(revisionIds: readonly number[]): Promise<ReadonlyMap<number, readonly CatalogueRow[]>>;
  /** Latest bundles stored before the revision id that name a revision stored from it on. */
  bundlesOf(fromRevisionId: number): Promise<readonly CatalogueRow[]>;
  /** Latest revisions of category documents that have a category type. */
  categoryDocuments(fromRevisionId: number): Promise<readonly CatalogueRow[]>;

  categories(): Promise<readonly CategoryRow[]>;
  softwareUpdatesByUpdate(updateKeys: readonly number[]): Promise<ReadonlyMap<number, SoftwareUpdateRow>>;
  allSoftwareUpdates(): Promise<readonly SoftwareUpdateRow[]>;
  /** Update keys that the given revisions name as superseded. */
  supersededBy(revisionIds: readonly number[]): Promise<readonly number[]>;
  /** Those of the update keys that a stored, not expired software update supersedes. */
  supersededAmong(updateKeys: readonly number[]): Promise<ReadonlySet<number>>;
  /** Key of each id that the database has met, for comparing ids without their text. */
  updateKeys(updateIds: readonly string[]): Promise<ReadonlyMap<string, number>>;

  documentLocation(revisionId: number): Promise<DocumentLocation | undefined>;
  updates(query: UpdateQuery): Promise<readonly UpdateRow[]>;
  relatedIds(revisionIds: readonly number[]): Promise<ReadonlyMap<number, RelatedIds>>;

  runs(filter: { id?: number; newest?: number; state?: string }): Promise<readonly string[]>;
  statuses(): Promise<readonly string[]>;
}

/**
 * The site database. Every method is asynchronous; what changes goes through `commit`, all of it or nothing, and is
 * durable when the promise is fulfilled. Embedded (sql.js with a journal) by default; see docs/storage.md.
 */
export interface SiteDatabase extends SiteReads {
  commit(changes: SiteChanges): Promise<void>;
  /** Writes a snapshot when the journal has grown; called when nothing waits. */
  fold(): Promise<void>;
  close(): Promise<void>;
}
