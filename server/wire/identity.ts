import type { UpdateIdentity } from '../metadata/UpdateIdentity.js';
import type { Steps } from '../platform/inTurns.js';
import type { XmlCursor } from '../xml/XmlCursor.js';
import { malformed } from '../xml/malformed.js';
import { nameBytes } from '../xml/names.js';
import { element } from '../xml/write.js';

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

const UPDATE_IDENTITY = nameBytes('UpdateIdentity');

/** Reads every UpdateIdentity in the element the cursor is on; more than `maximum` is an error. */
export function* readIdentityList(cursor: XmlCursor, maximum: number): Steps<UpdateIdentity[]> {
  const { depth } = cursor;
  const identities: UpdateIdentity[] = [];
  while (cursor.nextChild(depth)) {
    if (identities.length >= maximum) throw malformed('UpdateIdentity', `there are more than ${maximum}`);
    if (cursor.is(UPDATE_IDENTITY)) identities.push(readIdentity(cursor));
    else cursor.skip();
    yield;
  }
  return identities;
}

/** An identity of a revision under the name that the message gives it. */
export function identityElement(name: string, { updateId, revisionNumber }: UpdateIdentity): string {
  return `<${name}>${element('UpdateID', updateId)}${element('RevisionNumber', revisionNumber)}</${name}>`;
}
