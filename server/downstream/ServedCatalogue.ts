import type { UpdateIdentity } from '../metadata/UpdateIdentity.js';
import type { Slab } from '../platform/Slab.js';
import type { SourceLanguage } from '../wire/getConfigData.js';
import type { RevisionFilter } from '../wire/getRevisionIdList.js';
import type { SourceFileUrl } from '../wire/getUpdateData.js';
import type { RequestWork } from './port/RequestWork.js';

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

/** A list of revisions. */
export interface ServedList {
  readonly anchor: string;
  readonly size: number;
  /** The identities in their order, page by page, read while they are sent. */
  pages(): AsyncIterable<readonly UpdateIdentity[]>;
}

/** What a catalogue works with for a request: it takes turns, and memory before it uses it. */
export type CatalogueWork = Pick<RequestWork, 'pace' | 'hold' | 'give'>;

/** How many documents are read at once, and where to. */
export interface DocumentPage {
  /** Once the documents come to so many bytes the rest may be left out. */
  readonly maxBytes: number;
  /** They may be put there, as far as it goes: what is there stays until the next page is read. */
  readonly room?: Slab | undefined;
}

/** What the MS-WSUSSS server role reads from: a sample catalogue, an exported package, or a site. */
export interface ServedCatalogue {
  /** Changes when the catalogue behind the server is another one (fault ServerChanged). */
  readonly serverId: string;
  configuration(): Promise<ServedConfiguration>;
  /** The anchor that a list answered now would carry. */
  currentAnchor(): Promise<string>;
  /** Ids of the updates that are declined, which a replica hides too, page by page. */
  hiddenUpdates(work: CatalogueWork): AsyncIterable<readonly string[]>;
  /** @throws SyncError InvalidRequest for an anchor that is none, PortBusy */
  listRevisions(filter: RevisionFilter, work: CatalogueWork): Promise<ServedList>;
  /** The current revision of each update id that there is. */
  currentRevisions(updateIds: readonly string[]): Promise<readonly UpdateIdentity[]>;
  /** A content file (licence terms) by its SHA-1 in lower case hexadecimal; undefined where there is none. */
  contentFile?(sha1: string): Promise<Uint8Array | undefined>;
  /** Where Microsoft has a content file, by its SHA-1 in lower case hexadecimal; undefined where nobody said so. */
  contentAddress?(sha1: string): Promise<string | undefined>;
  /**
   * Another text for every other answer with these documents, so that an answer can be used again; undefined where it
   * cannot.
   */
  documentsKey?(identities: readonly UpdateIdentity[]): Promise<string | undefined>;
  /** Documents in the order asked for, undefined where there is none. */
  documents(
    identities: readonly UpdateIdentity[],
    page: DocumentPage,
    work: CatalogueWork,
  ): Promise<readonly (ServedDocument | undefined)[]>;
}

const PAGE = 500;

/** A list whose identities are in memory already. */
export function servedList(anchor: string, identities: readonly UpdateIdentity[]): ServedList {
  return { anchor, size: identities.length, pages: () => pagesOf(identities) };
}

async function* pagesOf(identities: readonly UpdateIdentity[]): AsyncIterable<readonly UpdateIdentity[]> {
  for (let at = 0; at < identities.length; at += PAGE) yield await Promise.resolve(identities.slice(at, at + PAGE));
}
