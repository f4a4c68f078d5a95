import type { SoftwareUpdateRow } from '../criteria/SoftwareUpdateRow.js';
import type { DocumentLocation } from './DocumentStore.js';

/** Kinds of documents by UpdateType; 9 is a type this version does not know. */
export const KIND = { software: 1, driver: 2, category: 3, detectoid: 4, other: 9 } as const;

/** Kinds of relations between revisions and update ids. */
export const RELATION = { prerequisite: 0, category: 1, bundled: 2, superseded: 3, alternative: 4 } as const;

/** Bits of `flags` of a stored revision. */
export const FLAG = {
  explicitlyDeployable: 1,
  isPublic: 2,
  isBeta: 4,
  osUpgrade: 8,
  isMandatory: 16,
  perUser: 32,
  canRequestUserInput: 64,
  exclusive: 128,
  prohibitsUpdates: 256,
  prohibitsSubcategories: 512,
  excludedByDefault: 1024,
  hasFiles: 2048,
} as const;

/** A relation as stored: to an update id, for bundles with the exact revision number, else 0. */
export interface RelationRow {
  readonly kind: number;
  readonly clause: number;
  readonly updateId: string;
  readonly revisionNumber: number;
}

/**
 * A revision to store: what lists, filters and objects need; everything else stays in the document. Times are ms since
 * 1970 UTC.
 */
export interface RevisionRow {
  readonly updateId: string;
  readonly revisionNumber: number;
  readonly kind: number;
  readonly expired: boolean;
  readonly flags: number;
  readonly title: string;
  readonly description: string;
  readonly language: string;
  readonly articleId: string;
  readonly bulletinId: string;
  readonly severity: number;
  readonly created: number;
  readonly size: number;
  readonly url: string;
  readonly locales: string;
  readonly eulaId: string;
  readonly categoryType: string;
  readonly location: DocumentLocation;
  /** When it was stored. */
  readonly stored: number;
  readonly relations: readonly RelationRow[];
}

/** What a document itself says of its row. */
export type RevisionFacts = Omit<RevisionRow, 'location' | 'stored'>;

/** A stored latest revision as the site database phase sees it. Keys are the database's numbers for update ids. */
export interface CatalogueRow {
  readonly revisionId: number;
  readonly updateKey: number;
  readonly updateId: string;
  readonly revisionNumber: number;
  readonly kind: number;
  readonly expired: boolean;
  readonly flags: number;
  readonly title: string;
  readonly categoryType: string;
  readonly created: number;
  /** Update keys named by category clauses (products, classifications, a category's parent). */
  readonly categoryKeys: readonly number[];
}

/** A category instance of the site. */
export interface CategoryRow {
  readonly categoryId: number;
  readonly updateKey: number;
  readonly updateId: string;
  readonly revisionId: number;
  readonly typeName: string;
  readonly title: string;
  readonly parentId: number;
  readonly allowSubscription: boolean;
  readonly prohibitsUpdates: boolean;
  readonly isSubscribed: boolean;
}

/** What lists show of a revision as it was stored. */
type ShownOfRevision =
  | 'updateId'
  | 'flags'
  | 'title'
  | 'description'
  | 'language'
  | 'articleId'
  | 'bulletinId'
  | 'severity'
  | 'size'
  | 'url'
  | 'locales'
  | 'eulaId'
  | 'location';

/** A software update joined with its current revision. */
export interface UpdateRow extends SoftwareUpdateRow, Pick<RevisionRow, ShownOfRevision> {
  readonly firstCreated: number;
  readonly revised: number;
}

/** Ids (with their kind of relation) that a revision names, and that name it. */
export interface RelatedIds {
  readonly categories: readonly string[];
  readonly supersedes: readonly string[];
  readonly supersededBy: readonly string[];
  readonly bundles: readonly string[];
}
