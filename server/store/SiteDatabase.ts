import type { SoftwareUpdateRow } from '../criteria/SoftwareUpdateRow.js';
import type { CandidateRevision } from '../criteria/CandidateRevision.js';
import type { Holding, SupersedenceEdge } from '../criteria/UpdateEvaluation.js';
import type { UpdateIdentity } from '../metadata/UpdateIdentity.js';
import type { DeliveryReads } from './Deliveries.js';
import type { DocumentLocation, HeldFile } from './DocumentStore.js';
import type { ExportReads } from './ExportReads.js';
import type { MaintenanceReads } from './MaintenanceReads.js';
import type { ServingReads } from './ServingReads.js';
import type { SiteChanges } from './SiteChanges.js';
import type { DanglingReferences, DatabaseInspection, IdRange, SegmentUse, StoredDocument } from './StoreInspection.js';
import type { UpdateQuery } from './UpdateQuery.js';
import type { Row } from './sql/Sql.js';
import type { TableName } from './sql/tables.js';
import type { CatalogueRow, CategoryRow, RelatedIds, UpdateRow } from './rows.js';
import type { RunChange } from './runChanges.js';
import type { JournalPosition } from './seal/sealFile.js';

/** What is known of one stored revision when a list of ids is compared with the store. */
interface StoredRevision extends UpdateIdentity {
  readonly revisionId: number;
}

/** How many rows there are, for status and progress. */
export interface SiteCounts {
  readonly revisions: number;
  readonly categories: number;
  readonly softwareUpdates: number;
}

/** Which status messages: those with an id above `after` and a time (ms) from `from` on, at most `limit`. */
export interface MessageQuery {
  readonly after: number;
  readonly from: number;
  readonly limit: number;
}

/** A status message as stored. */
export interface StoredMessage {
  readonly id: number;
  readonly json: string;
}

/** How many software updates the site has, hidden and removed ones apart; each is counted in one of the other three. */
export interface UpdateSummary {
  readonly updates: number;
  readonly current: number;
  /** And not expired. */
  readonly superseded: number;
  readonly expired: number;
}

/** What names a software update, also one that has left the site database; `expiryReason`: one of `EXPIRY`. */
export interface UpdateTitle {
  readonly updateId: string;
  readonly revisionNumber: number;
  readonly title: string;
  readonly articleId: string;
  readonly expiryReason: number;
  readonly severity: number;
  /** Ms since 1970 UTC. */
  readonly firstCreated: number;
  readonly url: string;
  /** GUIDs of its categories. */
  readonly categories: readonly string[];
}

/** What a log line says of a revision. */
export interface RevisionName {
  readonly updateId: string;
  readonly title: string;
}

/** A revision with licence terms, and where its document lies. */
export interface LicensedRevision extends StoredRevision {
  readonly location: DocumentLocation;
}

/** Which superseded updates are asked for. Keys are undefined where the site does not know the category. */
export interface SupersededQuery {
  /** Those that a newer one supersedes since then or longer, in ms. */
  readonly until: number;
  /** It is given with those that name it. */
  readonly upgradesKey?: number | undefined;
  /** Those that name it are left out. */
  readonly definitionUpdatesKey?: number | undefined;
}

/** A superseded update: since when a newer one supersedes it, in ms, and whether it is of the upgrades. */
export interface SupersededUpdate {
  readonly updateKey: number;
  readonly since: number;
  readonly categoryKeys: readonly number[];
}

/**
 * A node of the site link as stored: its description and its last report as JSON text, `lastSeen` in ms, 0 for never.
 */
export interface LinkNodeRow {
  readonly nodeId: number;
  readonly json: string;
  readonly report: string;
  readonly lastSeen: number;
}

/** The database of one moment as files. */
export interface HeldDatabase {
  readonly files: readonly HeldFile[];
  readonly position: JournalPosition;
  /** The highest document that is known. */
  readonly highestDocument: number;
  readonly release: () => void;
}

/** Which runs are asked for; what is undefined does not matter. */
export interface RunQuery {
  readonly id?: number | undefined;
  /** At most so many, the newest first. */
  readonly newest?: number | undefined;
  /** At most so many, the oldest first. */
  readonly oldest?: number | undefined;
  readonly state?: string | undefined;
  /** Those of a higher id. */
  readonly after?: number | undefined;
  /** Those of a lower id. */
  readonly before?: number | undefined;
}

/** The questions that can be asked of a site database. */
export interface SiteReads extends MaintenanceReads, ServingReads, ExportReads, DeliveryReads {
  setting(name: string): Promise<unknown>;
  /** Stored result of a request that changed state, as JSON text. */
  requestResult(requestId: string): Promise<string | undefined>;
  counts(): Promise<SiteCounts>;

  /**
   * Those of the identities that are neither stored nor, unless they are `needed`, removed as obsolete, in the order
   * given.
   */
  missingRevisions(identities: readonly UpdateIdentity[], needed?: boolean): Promise<readonly UpdateIdentity[]>;
  /** The row ids that the next stored revision, run, software update and category get; ids are given by the caller. */
  nextIds(): Promise<{ revision: number; run: number; softwareUpdate: number; category: number; message: number }>;

  /**
   * Bundled revisions that are named by a current or bundled revision from this id on, and that are neither stored nor
   * removed as obsolete.
   */
  missingBundled(fromRevisionId: number): Promise<readonly UpdateIdentity[]>;
  /**
   * Ids that revisions from this id on name as prerequisites (categories apart), and of which no revision is stored or
   * removed as obsolete.
   */
  unknownPrerequisites(fromRevisionId: number): Promise<readonly string[]>;
  /** Those of the revisions of which a newer one is stored, and which no current revision bundles. */
  outdatedRevisions(identities: readonly UpdateIdentity[]): Promise<readonly UpdateIdentity[]>;
  /** Latest revisions of category documents that have a category type. */
  categoryDocuments(): Promise<readonly CatalogueRow[]>;

  categories(): Promise<readonly CategoryRow[]>;
  softwareUpdatesByUpdate(updateKeys: readonly number[]): Promise<ReadonlyMap<number, SoftwareUpdateRow>>;
  allSoftwareUpdates(): Promise<readonly SoftwareUpdateRow[]>;
  /** Key of each id that the database has met, for comparing ids without their text. */
  updateKeys(updateIds: readonly string[]): Promise<ReadonlyMap<string, number>>;

  /** Revision ids of the latest revisions of software and drivers: of the given updates, else of all, in order. */
  latestRevisions(updateKeys?: readonly number[]): Promise<readonly number[]>;
  /** The revisions as the evaluation sees them. */
  candidates(revisionIds: readonly number[]): Promise<readonly CandidateRevision[]>;
  /** Updates of which a revision was stored from the revision id on. */
  changedUpdates(fromRevisionId: number): Promise<readonly number[]>;
  /** Updates that any stored revision of the given ones names in that way. */
  namedUpdates(updateKeys: readonly number[], relation: 'bundled' | 'superseded'): Promise<readonly number[]>;
  /** Updates of which any stored revision bundles one of the given ones. */
  bundlesOf(updateKeys: readonly number[]): Promise<readonly number[]>;
  /** Which software updates hold revisions of the given updates as bundled children, by their current revision. */
  holdings(updateKeys: readonly number[]): Promise<readonly Holding[]>;
  /** Which software updates supersede the given updates, by their current revision. */
  supersedence(updateKeys: readonly number[]): Promise<readonly SupersedenceEdge[]>;
  /** Superseded software updates that are not expired. */
  supersededUpdates(query: SupersededQuery): Promise<readonly SupersededUpdate[]>;
  /** Software updates that are expired since then or longer and still in the site database. */
  expiredSince(time: number): Promise<readonly SoftwareUpdateRow[]>;
  /** Latest revisions with licence terms of updates that are not expired, stored from the revision id on. */
  licensedRevisions(fromRevisionId: number): Promise<readonly LicensedRevision[]>;
  /** Update id and title of each revision. */
  names(revisionIds: readonly number[]): Promise<ReadonlyMap<number, RevisionName>>;

  /** The documents of the revisions after an id, in order. */
  storedDocuments(afterRevisionId: number, limit: number): Promise<readonly StoredDocument[]>;
  /** What the revisions of a range use of each segment. */
  segmentUse(range: IdRange): Promise<readonly SegmentUse[]>;
  /** Rows of a range of ids that name what is not there. */
  danglingReferences(
    of: 'revision' | 'softwareUpdate' | 'category',
    range: IdRange,
  ): Promise<readonly DanglingReferences[]>;
  documentLocation(revisionId: number): Promise<DocumentLocation | undefined>;
  updates(query: UpdateQuery): Promise<readonly UpdateRow[]>;
  /** KB numbers of so many software updates, the newest first; '' for none. */
  newestArticles(limit: number): Promise<readonly string[]>;
  relatedIds(revisionIds: readonly number[]): Promise<ReadonlyMap<number, RelatedIds>>;
  /** How many software updates name a category, by its key; hidden and removed ones apart. */
  categoryCounts(): Promise<ReadonlyMap<number, number>>;

  /** Newest first, or from the oldest on. */
  runs(query: RunQuery): Promise<readonly string[]>;
  statuses(): Promise<readonly string[]>;
  /** What a run did to software updates, by ci id. */
  runChanges(run: number): Promise<readonly RunChange[]>;
  /** Names of software updates by ci id, whatever became of them; those that were deleted are missing. */
  updateTitles(ciIds: readonly number[]): Promise<ReadonlyMap<number, UpdateTitle>>;
  updateSummary(): Promise<UpdateSummary>;
  /** Status messages, by id. */
  messages(query: MessageQuery): Promise<readonly StoredMessage[]>;
  /** The nodes of the site link, by id; without a report yet `report` is ''. */
  linkNodes(): Promise<readonly LinkNodeRow[]>;

  /** The next rows of a table behind one, from the first on without one, in order of the key; none at the end. */
  tableRows(table: TableName, after?: Row): Promise<readonly Row[]>;
  /** The last row of a table, by its key; undefined for an empty one. */
  lastTableRow(table: TableName): Promise<Row | undefined>;
  /** How many rows each table has. */
  tableCounts(): Promise<Readonly<Record<TableName, number>>>;
}

/** Bytes on the disk of whoever keeps them. */
export interface StoreSize {
  readonly database: number;
  readonly documents: number;
}

/**
 * The site database. Every method is asynchronous; what changes goes through `commit`, all of it or nothing, and is
 * durable when the promise is fulfilled. Embedded (sql.js with a journal) by default; see docs/storage.md.
 */
export interface SiteDatabase extends SiteReads {
  commit(changes: SiteChanges): Promise<void>;
  /**
   * Reads what makes the database durable again and says what is wrong with it; `quick` looks at headers and sizes
   * only.
   */
  inspect(quick: boolean): Promise<DatabaseInspection>;
  /** What a server keeps; missing where all of it is in the site folder. */
  readonly size?: () => Promise<StoreSize>;
  /** Writes a snapshot when the journal has grown, or in any case where one `isDue`; others are served meanwhile. */
  fold(options?: { readonly isDue?: boolean }): Promise<void>;
  /** The files that are the database as it is now: they stay as they are, up to their lengths, until released. */
  hold(): Promise<HeldDatabase>;
  /** Writes every file again from what is in memory, because some are damaged. */
  rewrite(): Promise<void>;
  close(): Promise<void>;
}
