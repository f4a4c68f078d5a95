import type { Steps } from '../../platform/inTurns.js';
import type { SourceFileUrl } from '../../upstream/Source.js';
import { malformed } from '../malformed.js';
import { nameBytes } from '../scan/names.js';
import { openResult } from '../scan/openResult.js';
import { XmlCursor } from '../scan/XmlCursor.js';
import { readReceivedUpdate } from './readReceivedUpdate.js';
import type { ReceivedUpdate, UpdateDataAnswer } from './UpdateData.js';

const UPDATES = nameBytes('updates');
const UPDATE = nameBytes('ServerSyncUpdateData');
const FILE_URLS = nameBytes('fileUrls');
const URL_DATA = nameBytes('ServerSyncUrlData');
const FILE_DIGEST = nameBytes('FileDigest');
const MU_URL = nameBytes('MUUrl');
const USS_URL = nameBytes('UssUrl');
const MAXIMUM_UPDATES = 100_000;

/** Reads the documents of one batch from the bytes of the answer (MS-WSUSSS 3.1.4.5). */
export function* parseGetUpdateDataResponse(bytes: Uint8Array): Steps<UpdateDataAnswer> {
  const cursor = new XmlCursor(bytes, 'GetUpdateData');
  const updates: ReceivedUpdate[] = [];
  const fileUrls: SourceFileUrl[] = [];
  if (openResult(cursor, 'GetUpdateData')) {
    const { depth } = cursor;
    while (cursor.nextChild(depth)) {
      if (cursor.is(UPDATES)) yield* readAll(cursor, UPDATE, () => updates.push(readReceivedUpdate(cursor)));
      else if (cursor.is(FILE_URLS)) yield* readAll(cursor, URL_DATA, () => fileUrls.push(readUrl(cursor)));
      else cursor.skip();
    }
  }
  cursor.expectEnd();
  return { updates, fileUrls };
}

function* readAll(cursor: XmlCursor, name: Uint8Array, read: () => number): Steps<void> {
  const { depth } = cursor;
  while (cursor.nextChild(depth)) {
    if (!cursor.is(name)) cursor.skip();
    else if (read() > MAXIMUM_UPDATES) throw malformed('GetUpdateData', `it has more than ${MAXIMUM_UPDATES} entries`);
    yield;
  }
}

function readUrl(cursor: XmlCursor): SourceFileUrl {
  const { depth } = cursor;
  const url = { digest: '', muUrl: '', ussUrl: '' };
  while (cursor.nextChild(depth)) {
    if (cursor.is(FILE_DIGEST)) url.digest = cursor.plainText();
    else if (cursor.is(MU_URL)) url.muUrl = cursor.text();
    else if (cursor.is(USS_URL)) url.ussUrl = cursor.text();
    else cursor.skip();
  }
  return url;
}
