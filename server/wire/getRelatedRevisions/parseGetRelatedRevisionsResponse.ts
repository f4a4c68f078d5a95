import type { UpdateIdentity } from '../../metadata/UpdateIdentity.js';
import type { Steps } from '../../platform/inTurns.js';
import { openResult } from '../scan/openResult.js';
import { readIdentityList } from '../scan/readIdentityList.js';
import { XmlCursor } from '../scan/XmlCursor.js';

const MAXIMUM_IDENTITIES = 100_000;

/** Reads the revisions that a server names for update ids; no result means none. */
export function* parseGetRelatedRevisionsResponse(bytes: Uint8Array): Steps<UpdateIdentity[]> {
  const cursor = new XmlCursor(bytes, 'GetRelatedRevisionsForUpdates');
  const revisions = openResult(cursor, 'GetRelatedRevisionsForUpdates')
    ? yield* readIdentityList(cursor, MAXIMUM_IDENTITIES)
    : [];
  cursor.expectEnd();
  return revisions;
}
