import type { UpdateIdentity } from '../../metadata/UpdateIdentity.js';
import { malformed } from '../malformed.js';
import { nameBytes } from '../scan/names.js';
import { readIdentity } from '../scan/readIdentity.js';
import type { XmlCursor } from '../scan/XmlCursor.js';
import type { ReceivedUpdate } from './UpdateData.js';

const ID = nameBytes('Id');
const BLOB = nameBytes('XmlUpdateBlob');
const COMPRESSED = nameBytes('XmlUpdateBlobCompressed');

/** Reads the ServerSyncUpdateData the cursor is on; the compressed blob stays a cabinet (MS-WSUSSS 3.1.4.5). */
export function readReceivedUpdate(cursor: XmlCursor): ReceivedUpdate {
  const { depth } = cursor;
  let identity: UpdateIdentity | undefined;
  let xml: Uint8Array | undefined;
  let cabinet: Uint8Array | undefined;
  while (cursor.nextChild(depth)) {
    if (cursor.is(ID)) identity = readIdentity(cursor);
    else if (cursor.is(BLOB)) xml = nothingIfEmpty(cursor.textBytes());
    else if (cursor.is(COMPRESSED)) cabinet = nothingIfEmpty(Buffer.from(cursor.plainText(), 'base64'));
    else cursor.skip();
  }
  if (identity === undefined) throw malformed('GetUpdateData', 'an update has no Id');
  if (xml !== undefined) return { identity, xml };
  return cabinet === undefined ? { identity } : { identity, cabinet };
}

function nothingIfEmpty(bytes: Uint8Array): Uint8Array | undefined {
  return bytes.length === 0 ? undefined : bytes;
}
