import type { UpdateIdentity } from '../../metadata/UpdateIdentity.js';
import { malformed } from '../malformed.js';
import { nameBytes } from './names.js';
import type { XmlCursor } from './XmlCursor.js';

const UPDATE_ID = nameBytes('UpdateID');
const REVISION_NUMBER = nameBytes('RevisionNumber');
const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const NUMBER = /^\d{1,10}$/;

/** Reads the UpdateIdentity the cursor is on (MS-WSUSSS 2.2.4); the GUID comes out in lower case. */
export function readIdentity(cursor: XmlCursor): UpdateIdentity {
  const { depth } = cursor;
  let updateId = '';
  let revision = '';
  while (cursor.nextChild(depth)) {
    if (cursor.is(UPDATE_ID)) updateId = cursor.plainText().toLowerCase();
    else if (cursor.is(REVISION_NUMBER)) revision = cursor.plainText();
    else cursor.skip();
  }
  if (!GUID.test(updateId)) throw malformed('UpdateIdentity', `its UpdateID is not a GUID: ${updateId.slice(0, 60)}`);
  if (!NUMBER.test(revision))
    throw malformed('UpdateIdentity', `its RevisionNumber is not a number: ${revision.slice(0, 60)}`);
  return { updateId, revisionNumber: Number(revision) };
}
