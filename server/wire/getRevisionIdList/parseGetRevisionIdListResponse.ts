import type { UpdateIdentity } from '../../metadata/UpdateIdentity.js';
import type { Steps } from '../../platform/inTurns.js';
import type { RevisionList } from '../../upstream/Source.js';
import { nameBytes } from '../scan/names.js';
import { openResult } from '../scan/openResult.js';
import { readIdentityList } from '../scan/readIdentityList.js';
import { XmlCursor } from '../scan/XmlCursor.js';

const ANCHOR = nameBytes('Anchor');
const NEW_REVISIONS = nameBytes('NewRevisions');

/** More ids than any catalogue has; a list beyond that is an attack or an error. */
const MAXIMUM_IDENTITIES = 5_000_000;

/** Reads the list from its bytes, megabytes of ids included (MS-WSUSSS 3.1.4.4). */
export function* parseGetRevisionIdListResponse(bytes: Uint8Array): Steps<RevisionList> {
  const cursor = new XmlCursor(bytes, 'GetRevisionIdList');
  let anchor = '';
  let revisions: UpdateIdentity[] = [];
  if (openResult(cursor, 'GetRevisionIdList')) {
    const { depth } = cursor;
    while (cursor.nextChild(depth)) {
      if (cursor.is(ANCHOR)) anchor = cursor.text();
      else if (cursor.is(NEW_REVISIONS)) revisions = yield* readIdentityList(cursor, MAXIMUM_IDENTITIES);
      else cursor.skip();
    }
  }
  cursor.expectEnd();
  return { anchor, revisions };
}
