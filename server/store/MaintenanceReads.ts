import type { SoftwareUpdateRow } from '../criteria/SoftwareUpdateRow.js';
import type { Naming, RevisionReference, Superseding } from '../criteria/obsoleteRevisions.js';
import type { DocumentLocation } from './DocumentStore.js';
import type { IdRange } from './StoreInspection.js';

/** A revision of an update in question. `isUpdate` is false for configuration documents. */
export interface RevisionStanding extends RevisionReference {
  /** ms */
  readonly stored: number;
  readonly isDeployable: boolean;
  readonly isUpdate: boolean;
}

/** Where the document of a revision lies, and which stream it belongs to. */
export interface DocumentPlace {
  readonly revisionId: number;
  readonly isConfiguration: boolean;
  readonly location: DocumentLocation;
}

/** What maintenance asks of a site database. */
export interface MaintenanceReads {
  /** Software updates that have left the site database, declined or not, by CI_ID above `after`. */
  removedUpdates(query: { isDeclined: boolean; after: number; limit: number }): Promise<readonly SoftwareUpdateRow[]>;
  /** Keys of the updates that are declined and have not changed since that time (ms). */
  declinedSince(time: number): Promise<readonly number[]>;
  /**
   * Revisions stored until that time that are neither the latest nor the current one of a software update or category.
   */
  oldRevisions(range: IdRange, storedUntil: number): Promise<readonly RevisionReference[]>;
  /**
   * Updates that cannot be deployed, are not software updates and that no revision bundles: their latest revision was
   * stored until that time.
   */
  unreferencedUpdates(range: IdRange, storedUntil: number): Promise<readonly number[]>;
  /** All stored revisions of the updates. */
  revisionsOf(updateKeys: readonly number[]): Promise<readonly RevisionStanding[]>;
  /** Which stored revisions bundle the updates, or name them as a category. */
  namingsOf(updateKeys: readonly number[]): Promise<readonly Naming[]>;
  /** What the revisions of the range name as prerequisites. */
  prerequisites(range: IdRange): Promise<readonly Naming[]>;
  /** Which software updates the given ones supersede. */
  supersededBy(updateKeys: readonly number[]): Promise<readonly Superseding[]>;
  /** Where the documents of the revisions lie. */
  documentsIn(range: IdRange): Promise<readonly DocumentPlace[]>;
}
