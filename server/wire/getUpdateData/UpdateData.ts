import type { UpdateIdentity } from '../../metadata/UpdateIdentity.js';
import type { SourceFileUrl } from '../../upstream/Source.js';

/**
 * One delivered update as read: `xml` when it came as text, `cabinet` when it came compressed, neither when the server
 * sent no blob.
 */
export interface ReceivedUpdate {
  readonly identity: UpdateIdentity;
  readonly xml?: Uint8Array;
  readonly cabinet?: Uint8Array;
}

/** The answer to GetUpdateData (MS-WSUSSS 3.1.4.5). */
export interface UpdateDataAnswer {
  readonly updates: readonly ReceivedUpdate[];
  readonly fileUrls: readonly SourceFileUrl[];
}

/**
 * One update to write: `xml` is its document, `escaped` the same ready to be put into the message, `cabinet` the
 * compressed form. Exactly one is there.
 */
export interface UpdateToWrite {
  readonly identity: UpdateIdentity;
  readonly xml?: Uint8Array;
  readonly escaped?: Uint8Array;
  readonly cabinet?: Uint8Array;
  /** base64 SHA-1 of the update's files. */
  readonly fileDigests: readonly string[];
}
