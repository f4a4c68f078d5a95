import type { SourceFileUrl } from '../../upstream/Source.js';
import { escapeBytes, ESCAPED_AT_ONCE } from '../scan/escapeBytes.js';
import { type MessageFrame, responseFrame } from '../soap/writePayload.js';
import type { SoapVersion } from '../soap/SoapVersion.js';
import { element } from '../xml/element.js';
import { wrapped } from '../xml/wrapped.js';
import type { UpdateToWrite } from './UpdateData.js';

/** A multiple of three, so that the pieces go together. */
const BASE64_AT_ONCE = 48 * 1024;

/** What stands around the updates and behind them the addresses of their files (MS-WSUSSS 3.1.4.5). */
export function updateDataFrame(soap: SoapVersion): MessageFrame {
  return responseFrame('GetUpdateData', { first: '<updates>', last: '</fileUrls>' }, soap);
}

/** The pieces of one update around the bytes of its document. */
export function* writeUpdate(update: UpdateToWrite): Generator<Uint8Array, void, undefined> {
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

function* blobOf({ cabinet, escaped, xml }: UpdateToWrite): Generator<Uint8Array, void, undefined> {
  if (cabinet !== undefined) yield* base64(Buffer.from(cabinet.buffer, cabinet.byteOffset, cabinet.byteLength));
  else if (escaped !== undefined) yield escaped;
  else if (xml !== undefined)
    for (let at = 0; at < xml.length; at += ESCAPED_AT_ONCE) yield escapeBytes(xml.subarray(at, at + ESCAPED_AT_ONCE));
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
