import type { UpdateIdentity } from '../metadata/UpdateIdentity.js';
import type { IdRange, StoredDocument } from './StoreInspection.js';

/** A category and one directly below it, by their update keys. */
export interface CategoryEdge {
  readonly parent: number;
  readonly child: number;
}

/** A software update that is declined. */
export interface DeclinedUpdate {
  readonly ciId: number;
  readonly updateId: string;
}

/** A revision and the key of a category that it names; null where it names none. */
export interface Membership {
  readonly revisionId: number;
  readonly categoryKey: number | null;
}

/**
 * What the server role asks of a site database. Ranges keep each answer short, so that others are served in between.
 */
export interface ServingReads {
  /**
   * The highest id that a revision ever had, removed ones included: counts the changes of the catalogue, and never
   * falls.
   */
  highestRevision(): Promise<number>;
  /** Categories, classifications and detectoids of the range, every revision of them. */
  configurationIn(range: IdRange): Promise<readonly number[]>;
  /**
   * Revisions of updates of the range that are the latest among those up to `until`, one entry for each category that
   * they name, in order.
   */
  membershipsIn(range: IdRange, until: number): Promise<readonly Membership[]>;
  /** The tree of categories. */
  categoryEdges(): Promise<readonly CategoryEdge[]>;
  /**
   * For each of the revisions the stored ones that it needs, categories and detectoids apart: the latest of its
   * prerequisites, then its exact bundled children.
   */
  neededBy(revisionIds: readonly number[]): Promise<ReadonlyMap<number, readonly number[]>>;
  /** Revisions that bundle one of the given ones by its exact number. */
  bundling(revisionIds: readonly number[]): Promise<readonly number[]>;
  /** Identities of the revisions that are stored. */
  identitiesOf(revisionIds: readonly number[]): Promise<ReadonlyMap<number, UpdateIdentity>>;
  /** Where the documents of the identities lie, in their order; undefined where one is not stored. */
  documentsOf(identities: readonly UpdateIdentity[]): Promise<readonly (StoredDocument | undefined)[]>;
  /** The software updates that are declined, by CI_ID: at most so many, those behind `after`. */
  declinedUpdates(after: number, most: number): Promise<readonly DeclinedUpdate[]>;
  /** The latest revision of each of the updates that is stored, in their order. */
  currentRevisions(updateIds: readonly string[]): Promise<readonly UpdateIdentity[]>;
}
