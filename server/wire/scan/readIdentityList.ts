import type { UpdateIdentity } from '../../metadata/UpdateIdentity.js';
import type { Steps } from '../../platform/inTurns.js';
import { malformed } from '../malformed.js';
import { nameBytes } from './names.js';
import { readIdentity } from './readIdentity.js';
import type { XmlCursor } from './XmlCursor.js';

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
