import type { UpdateIdentity } from '../metadata/UpdateIdentity.js';
import type { RevisionFilter, RevisionList, SourceFileUrl, SourceLanguage } from '../upstream/Source.js';

/**
 * A document to serve. `escaped` is the same text with `<`, `>` and `&` written as entities, kept where serving is hot.
 */
export interface ServedDocument {
  readonly identity: UpdateIdentity;
  /** UTF-8 bytes of the original document. */
  readonly xml: Uint8Array;
  readonly escaped?: Uint8Array;
  readonly fileUrls: readonly SourceFileUrl[];
}

/** What a catalogue says of itself. The anchor is another one once the languages have changed. */
export interface ServedConfiguration {
  readonly anchor: string;
  readonly languages: readonly SourceLanguage[];
}

/** What the MS-WSUSSS server role reads from: a sample catalogue, an exported package, or a site. */
export interface ServedCatalogue {
  /** Changes when the catalogue behind the server is another one (fault ServerChanged). */
  readonly serverId: string;
  configuration(): Promise<ServedConfiguration>;
  /** The anchor that a list answered now would carry. */
  currentAnchor(): Promise<string>;
  /** Ids of the updates that are declined, which a replica hides too. */
  hiddenUpdates(): Promise<readonly string[]>;
  /** @throws SyncError InvalidRequest for an anchor that is none */
  listRevisions(filter: RevisionFilter): Promise<RevisionList>;
  /** The current revision of each update id that there is. */
  currentRevisions(updateIds: readonly string[]): Promise<readonly UpdateIdentity[]>;
  /** A content file (licence terms) by its SHA-1 in lower case hexadecimal; undefined where there is none. */
  contentFile?(sha1: string): Promise<Uint8Array | undefined>;
  /** Where Microsoft has a content file, by its SHA-1 in lower case hexadecimal; undefined where nobody said so. */
  contentAddress?(sha1: string): Promise<string | undefined>;
  /**
   * Documents in the order asked for, undefined where there is none; once those before come to `maxBytes` the rest may
   * be left out.
   */
  documents(identities: readonly UpdateIdentity[], maxBytes: number): Promise<readonly (ServedDocument | undefined)[]>;
}
