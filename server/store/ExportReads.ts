import type { StoredDocument, IdRange } from './StoreInspection.js';

/** A stored revision as far as its place in a package depends on it. */
export interface PlacedRevision {
  readonly revisionId: number;
  /** One of `KIND`. */
  readonly kind: number;
  readonly categoryType: string;
}

/** A bundle and one of its children, both stored, by their revision ids. */
export interface BundleEdge {
  readonly bundle: number;
  readonly child: number;
}

/** A revision with the ids of the categories that it names. */
export interface PackagedRevision extends StoredDocument {
  readonly categoryIds: readonly string[];
}

/**
 * What an export asks of a site database. Ranges and lists keep each answer short, so that others are served in
 * between.
 */
export interface ExportReads {
  /** All revisions of the range, in order. */
  placedRevisions(range: IdRange): Promise<readonly PlacedRevision[]>;
  /** What the bundles of the range hold. */
  bundleEdges(range: IdRange): Promise<readonly BundleEdge[]>;
  /** The revisions, in the order given; one that is not stored any more is left out. */
  packagedRevisions(revisionIds: readonly number[]): Promise<readonly PackagedRevision[]>;
  /** The lowest id of a revision that was stored after that time (ms); undefined when there is none. */
  firstStoredAfter(time: number): Promise<number | undefined>;
}
