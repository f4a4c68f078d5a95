import type { UpdateIdentity } from '../metadata/UpdateIdentity.js';

/** A language the source knows (MS-WSUSSS 3.1.4.4, ServerSyncLanguageData). */
export interface SourceLanguage {
  readonly languageId: number;
  readonly shortLanguage: string;
  readonly longLanguage: string;
  readonly enabled: boolean;
}

/** What a source says of itself before anything is listed. */
export interface SourceConfig {
  readonly protocolVersion: string;
  readonly maxUpdatesPerRequest: number;
  readonly configAnchor: string;
  /** Empty when the source says that nothing changed since the given anchor. */
  readonly languages: readonly SourceLanguage[];
}

/**
 * One entry of a filter list. `delta` true: only what changed since the anchor; false: everything of this entry again.
 */
export interface FilterEntry<Id> {
  readonly id: Id;
  readonly delta: boolean;
}

/**
 * Which revisions are asked for. `config` true: categories, classifications and detectoids; the lists are then ignored.
 */
export interface RevisionFilter {
  readonly config: boolean;
  readonly anchor: string;
  readonly categories: readonly FilterEntry<string>[];
  readonly classifications: readonly FilterEntry<string>[];
  /** LCIDs. */
  readonly languages: readonly FilterEntry<number>[];
}

/** The ids a source offers for a filter, and the anchor that stands for this answer. */
export interface RevisionList {
  readonly anchor: string;
  readonly revisions: readonly UpdateIdentity[];
}

/** One delivered document: UTF-8 bytes as received, and the addresses of its files by base64 SHA-1. */
export interface SourceDocument {
  readonly identity: UpdateIdentity;
  readonly xml: Uint8Array;
}

/** One address of a content file. */
export interface SourceFileUrl {
  /** base64 SHA-1 */
  readonly digest: string;
  readonly muUrl: string;
  readonly ussUrl: string;
}

/** A content file to fetch: the update that names it, its name there and its base64 SHA-1. */
export interface ContentFile {
  readonly identity: UpdateIdentity;
  readonly fileName: string;
  readonly digest: string;
}

/** A document that could not be delivered, and why. */
export interface FailedDocument {
  readonly identity: UpdateIdentity;
  readonly errorId: string;
  readonly reason: string;
}

/** The answer to one batch: every identity asked for is in `documents` or in `failed`. */
export interface DocumentBatch {
  readonly documents: readonly SourceDocument[];
  readonly fileUrls: readonly SourceFileUrl[];
  readonly failed: readonly FailedDocument[];
}

/**
 * Where metadata comes from: an MS-WSUSSS server or an exported catalogue. Every implementation passes the same
 * acceptance suite (`test/upstream/sourceAcceptance.ts`). All methods throw SyncError and honour the signal.
 */
export interface Source {
  /** What SMS_SUPSyncStatus shows as WSUSSourceServer: `Microsoft Update` or a host name. */
  readonly name: string;
  /** As many updates as the source is known to answer at once; not set while it takes what it says itself. */
  batchLimit?: number | undefined;
  /** Authorizes where needed and reads the limits. Call it once before the others. */
  open(configAnchor: string, signal: AbortSignal): Promise<SourceConfig>;
  listRevisions(filter: RevisionFilter, signal: AbortSignal): Promise<RevisionList>;
  /**
   * The current revision of each update id that the source knows, whatever its category; at most `maxUpdatesPerRequest`
   * ids.
   */
  relatedRevisions(updateIds: readonly string[], signal: AbortSignal): Promise<readonly UpdateIdentity[]>;
  /** At most `maxUpdatesPerRequest` identities. One bad document never fails the batch. */
  fetchDocuments(identities: readonly UpdateIdentity[], signal: AbortSignal): Promise<DocumentBatch>;
  /**
   * A content file of an update (licence terms), its SHA-1 verified.
   * @throws SyncError ContentMissing, ContentCorrupt, and those of the transport
   */
  fetchFile(file: ContentFile, signal: AbortSignal): Promise<Uint8Array>;
  close(): Promise<void>;
}
