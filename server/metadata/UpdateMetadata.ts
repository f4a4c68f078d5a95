import type { UpdateIdentity } from './UpdateIdentity.js';

const MSUS = 'http://schemas.microsoft.com/msus/2002/12/';

/** Namespace URIs of update documents (wsus-protocol section 2.1). */
export const UPDATE_NAMESPACE = `${MSUS}Update`;
export const CATEGORY_NAMESPACE = `${MSUS}UpdateHandlers/Category`;

/** Title and texts of one language; `language` is the culture code as written (`en`, `pt-br`). */
export interface LocalizedProperties {
  readonly language: string;
  readonly title: string;
  readonly description: string;
  readonly moreInfoUrl: string;
  readonly supportUrl: string;
}

/**
 * One clause of Prerequisites: satisfied by any of `updateIds`; `isCategory` marks product and classification clauses.
 */
export interface PrerequisiteClause {
  readonly isCategory: boolean;
  readonly updateIds: readonly string[];
}

/** One file of the update. Digests are base64 as written; size in bytes. */
export interface UpdateFile {
  readonly fileName: string;
  readonly digest: string;
  readonly sha256: string;
  readonly size: number;
  readonly modified: string;
  readonly patchingType: string;
}

/**
 * The file of the licence terms in one language; the digest is the base64 SHA-1 as written, the language in lower case.
 */
export interface EulaFile {
  readonly fileName: string;
  readonly digest: string;
  readonly size: number;
  readonly language: string;
}

/** What CategoryInformation says of a document with UpdateType Category. */
export interface CategoryInformation {
  readonly categoryType: string;
  readonly prohibitsSubcategories: boolean;
  readonly prohibitsUpdates: boolean;
  readonly excludedByDefault: boolean;
  readonly displayOrder: number;
}

/**
 * The part of an update document that the site works with (reference: wsus-protocol section 2.2). Absent texts are ''.
 */
export interface UpdateMetadata {
  readonly identity: UpdateIdentity;
  readonly updateType: string;
  readonly publicationState: string;
  /** dateTime as written, with or without an offset. */
  readonly creationDate: string;
  readonly defaultLanguage: string;
  readonly msrcSeverity: string;
  readonly eulaId: string;
  readonly handler: string;
  readonly explicitlyDeployable: boolean;
  readonly isPublic: boolean;
  readonly isBeta: boolean;
  readonly osUpgrade: boolean;
  readonly isMandatory: boolean;
  readonly perUser: boolean;
  readonly maxDownloadSize: number;
  readonly minDownloadSize: number;
  readonly rebootBehavior: string;
  readonly impact: string;
  readonly canRequestUserInput: boolean;
  readonly moreInfoUrl: string;
  readonly supportUrl: string;
  readonly kbArticleIds: readonly string[];
  readonly securityBulletinIds: readonly string[];
  readonly cveIds: readonly string[];
  /** File languages (Properties/Language). */
  readonly languages: readonly string[];
  readonly localizedProperties: readonly LocalizedProperties[];
  readonly eulaFiles: readonly EulaFile[];
  readonly prerequisites: readonly PrerequisiteClause[];
  readonly bundledUpdates: readonly (readonly UpdateIdentity[])[];
  readonly supersededUpdates: readonly string[];
  readonly files: readonly UpdateFile[];
  /** Only for documents with UpdateType Category whose handler data could be read. */
  readonly category: CategoryInformation | undefined;
}
