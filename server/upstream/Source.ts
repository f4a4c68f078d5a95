import { SyncError } from '../errors/SyncError.js';
import type { UpdateIdentity } from '../metadata/UpdateIdentity.js';
import type { SourceLanguage } from '../wire/getConfigData.js';
import type { RevisionFilter, RevisionList } from '../wire/getRevisionIdList.js';
import type { SourceFileUrl } from '../wire/getUpdateData.js';

/** What a source says of itself before anything is listed. */
export interface SourceConfig {
  readonly protocolVersion: string;
  readonly maxUpdatesPerRequest: number;
  readonly configAnchor: string;
  /** Empty when the source says that nothing changed since the given anchor. */
  readonly languages: readonly SourceLanguage[];
}

/** One delivered document: UTF-8 bytes as received, and the addresses of its files by base64 SHA-1. */
export interface SourceDocument {
  readonly identity: UpdateIdentity;
  readonly xml: Uint8Array;
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

/** What a site has that synchronizes with nobody: whatever is asked of it is refused. */
export function noSource(name: string): Source {
  const refuse = async (): Promise<never> => Promise.reject(new SyncError('NoSynchronizationSource'));
  return {
    name,
    open: refuse,
    listRevisions: refuse,
    relatedRevisions: refuse,
    fetchDocuments: refuse,
    fetchFile: refuse,
    close: async () => Promise.resolve(),
  };
}
