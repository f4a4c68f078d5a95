import type { UpdateIdentity } from '../metadata/UpdateIdentity.js';
import type { Steps } from '../platform/inTurns.js';
import { XmlCursor } from '../xml/XmlCursor.js';
import { ESCAPED_AT_ONCE } from '../xml/escaping.js';
import { malformed } from '../xml/malformed.js';
import { nameBytes } from '../xml/names.js';
import { element, wrapped } from '../xml/write.js';
import { fieldsReader, listReader } from './fields.js';
import { readCookie, writeCookieFields } from './getCookie.js';
import type { Cookie } from './getCookie.js';
import { readIdentity } from './identity.js';
import { openResult } from './payload.js';
import { readRequest, responseFrame, writeRequest } from './soap.js';
import type { MessageFrame } from './soap.js';
import type { SoapVersion } from './operations.js';

/** One address of a content file. */
export interface SourceFileUrl {
  /** base64 SHA-1 */
  readonly digest: string;
  readonly muUrl: string;
  readonly ussUrl: string;
}

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

/** What GetUpdateData takes (MS-WSUSSS 3.1.4.5). */
interface UpdateDataRequest {
  readonly cookie: Cookie | undefined;
  readonly identities: readonly UpdateIdentity[];
}

const readParameters = fieldsReader({ cookie: readCookie, updateIds: listReader('UpdateIdentity', readIdentity) });

/** Reads GetUpdateData (MS-WSUSSS 3.1.4.5). */
export function parseGetUpdateDataRequest(bytes: Uint8Array): UpdateDataRequest {
  const { cookie, updateIds: identities } = readRequest(bytes, 'GetUpdateData', readParameters);
  if (identities === undefined) throw malformed('updateIds', 'it is missing');
  return { cookie, identities };
}

/** Writes GetUpdateData (MS-WSUSSS 3.1.4.5). */
export function writeGetUpdateDataRequest(request: UpdateDataRequest, soap: SoapVersion): Buffer {
  const cookie = request.cookie === undefined ? '' : `<cookie>${writeCookieFields(request.cookie)}</cookie>`;
  const ids = request.identities.map(
    ({ updateId, revisionNumber }) =>
      `<UpdateIdentity>${element('UpdateID', updateId)}${element('RevisionNumber', revisionNumber)}</UpdateIdentity>`,
  );
  return writeRequest('GetUpdateData', `${cookie}<updateIds>${ids.join('')}</updateIds>`, soap);
}

const ID = nameBytes('Id');
const BLOB = nameBytes('XmlUpdateBlob');
const COMPRESSED = nameBytes('XmlUpdateBlobCompressed');

/** Reads the ServerSyncUpdateData the cursor is on; the compressed blob stays a cabinet (MS-WSUSSS 3.1.4.5). */
function* readReceivedUpdate(cursor: XmlCursor): Steps<ReceivedUpdate> {
  const { depth } = cursor;
  let identity: UpdateIdentity | undefined;
  let xml: Uint8Array | undefined;
  let cabinet: Uint8Array | undefined;
  while (cursor.nextChild(depth)) {
    if (cursor.is(ID)) identity = readIdentity(cursor);
    else if (cursor.is(BLOB)) xml = nothingIfEmpty(yield* cursor.documentBytes());
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

const UPDATES = nameBytes('updates');
const UPDATE = nameBytes('ServerSyncUpdateData');
const FILE_URLS = nameBytes('fileUrls');
const URL_DATA = nameBytes('ServerSyncUrlData');
const FILE_DIGEST = nameBytes('FileDigest');
const MU_URL = nameBytes('MUUrl');
const USS_URL = nameBytes('UssUrl');
const MAXIMUM_UPDATES = 100_000;

/**
 * Reads the documents of one batch from the bytes of the answer (MS-WSUSSS 3.1.4.5); they are put into `room` as far as
 * it goes. A long one takes the place of its escaped form, so the bytes are used up.
 */
export function* parseGetUpdateDataResponse(bytes: Uint8Array, room?: Buffer): Steps<UpdateDataAnswer> {
  const cursor = new XmlCursor(bytes, 'GetUpdateData', room);
  const updates: ReceivedUpdate[] = [];
  const fileUrls: SourceFileUrl[] = [];
  if (openResult(cursor, 'GetUpdateData')) {
    const { depth } = cursor;
    while (cursor.nextChild(depth)) {
      if (cursor.is(UPDATES)) yield* readAll(cursor, { name: UPDATE, read: readReceivedUpdate, into: updates });
      else if (cursor.is(FILE_URLS)) yield* readAll(cursor, { name: URL_DATA, read: readUrl, into: fileUrls });
      else cursor.skip();
    }
  }
  cursor.expectEnd();
  return { updates, fileUrls };
}

/** Elements of one name, and where what is read of each of them goes. */
interface EntryList<Entry> {
  readonly name: Uint8Array;
  readonly read: (cursor: XmlCursor) => Steps<Entry>;
  readonly into: Entry[];
}

function* readAll<Entry>(cursor: XmlCursor, { name, read, into }: EntryList<Entry>): Steps<void> {
  const { depth } = cursor;
  while (cursor.nextChild(depth)) {
    if (!cursor.is(name)) cursor.skip();
    else if (into.push(yield* read(cursor)) > MAXIMUM_UPDATES)
      throw malformed('GetUpdateData', `it has more than ${MAXIMUM_UPDATES} entries`);
    yield;
  }
}

// A few short texts: one step.
function* readUrl(cursor: XmlCursor): Steps<SourceFileUrl> {
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

/** A multiple of three, so that the pieces go together. */
const BASE64_AT_ONCE = 48 * 1024;

/** What stands around the updates and behind them the addresses of their files (MS-WSUSSS 3.1.4.5). */
export function updateDataFrame(soap: SoapVersion): MessageFrame {
  return responseFrame('GetUpdateData', { first: '<updates>', last: '</fileUrls>' }, soap);
}

/** A piece of a message: its bytes, or a part of a document that is escaped when the message is put together. */
export type MessagePiece = Uint8Array | { readonly text: Uint8Array };

/** The pieces of one update around the bytes of its document. */
export function* writeUpdate(update: UpdateToWrite): Generator<MessagePiece, void, undefined> {
  const [before, after] = frameOf(update);
  yield Buffer.from(before, 'utf8');
  yield* blobOf(update);
  yield Buffer.from(after, 'utf8');
}

/** What stands between the last update and the end. */
export function writeFileUrls(fileUrls: Iterable<SourceFileUrl>): Buffer {
  return Buffer.from(`</updates><fileUrls>${[...fileUrls].map(writeUrl).join('')}`, 'utf8');
}

/** What stands before and after the blob: a plain blob comes before the digests, a compressed one after them. */
function frameOf(update: UpdateToWrite): [before: string, after: string] {
  const { updateId, revisionNumber } = update.identity;
  const id =
    `<ServerSyncUpdateData><Id><UpdateID>${updateId}</UpdateID><RevisionNumber>` +
    `${revisionNumber}</RevisionNumber></Id>`;
  // Absent without files: the specification says so, and WSUS does so.
  const digests =
    update.fileDigests.length === 0
      ? ''
      : wrapped(
          'FileDigestList',
          update.fileDigests.map((digest) => element('base64Binary', digest)),
        );
  return update.cabinet === undefined
    ? [`${id}<XmlUpdateBlob>`, `</XmlUpdateBlob>${digests}</ServerSyncUpdateData>`]
    : [`${id}${digests}<XmlUpdateBlobCompressed>`, '</XmlUpdateBlobCompressed></ServerSyncUpdateData>'];
}

function* blobOf({ cabinet, escaped, xml }: UpdateToWrite): Generator<MessagePiece, void, undefined> {
  if (cabinet !== undefined) yield* base64(Buffer.from(cabinet.buffer, cabinet.byteOffset, cabinet.byteLength));
  else if (escaped !== undefined) yield escaped;
  else if (xml !== undefined)
    for (let at = 0; at < xml.length; at += ESCAPED_AT_ONCE) yield { text: xml.subarray(at, at + ESCAPED_AT_ONCE) };
}

function* base64(bytes: Buffer): Generator<Uint8Array, void, undefined> {
  for (let at = 0; at < bytes.length; at += BASE64_AT_ONCE)
    yield Buffer.from(bytes.toString('base64', at, at + BASE64_AT_ONCE), 'latin1');
}

function writeUrl(url: SourceFileUrl): string {
  const fields =
    element('FileDigest', url.digest) +
    element('MUUrl', url.muUrl || undefined) +
    element('UssUrl', url.ussUrl || undefined);
  return `<ServerSyncUrlData>${fields}</ServerSyncUrlData>`;
}
