import type { UpdateIdentity } from '../metadata/UpdateIdentity.js';
import type { SourceFileUrl } from '../wire/getUpdateData.js';

/** A document of the sample catalogue, and what a catalogue needs to know of it without reading it. */
export interface GeneratedDocument {
  readonly identity: UpdateIdentity;
  readonly xml: Uint8Array;
  /** A category or a detectoid. */
  readonly isConfiguration: boolean;
  /** Ids of all clauses marked IsCategory. */
  readonly memberships: readonly string[];
  /** Exact revisions of the children. */
  readonly bundled: readonly UpdateIdentity[];
  readonly fileUrls: readonly SourceFileUrl[];
  /** Content files that can really be fetched: licence terms. */
  readonly contentFiles?: readonly Uint8Array[];
}
