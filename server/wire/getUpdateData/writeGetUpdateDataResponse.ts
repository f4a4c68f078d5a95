import type { SourceFileUrl } from '../../upstream/Source.js';
import { SERVER_SYNC } from '../soap/namespaces.js';
import { envelopeHead, ENVELOPE_TAIL } from '../soap/writeEnvelope.js';
import type { SoapVersion } from '../soap/SoapVersion.js';
import { element } from '../xml/element.js';
import { wrapped } from '../xml/wrapped.js';
import type { UpdateToWrite } from './UpdateData.js';

/** What GetUpdateData answers with. */
export interface UpdateDataToWrite {
  readonly updates: readonly UpdateToWrite[];
  readonly fileUrls: readonly SourceFileUrl[];
}

/**
 * Writes the answer as pieces around the ready bytes of the documents; nothing big is ever one string (MS-WSUSSS
 * 3.1.4.5).
 */
export function writeGetUpdateDataResponse(answer: UpdateDataToWrite, soap: SoapVersion): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  let text = `${envelopeHead(soap)}<GetUpdateDataResponse xmlns="${SERVER_SYNC}"><GetUpdateDataResult><updates>`;
  for (const update of answer.updates) {
    const [before, after] = frameOf(update);
    pieces.push(Buffer.from(text + before, 'utf8'), blobOf(update));
    text = after;
  }
  const urls = `</updates><fileUrls>${answer.fileUrls.map(writeUrl).join('')}</fileUrls>`;
  pieces.push(Buffer.from(`${text}${urls}</GetUpdateDataResult></GetUpdateDataResponse>${ENVELOPE_TAIL}`, 'utf8'));
  return pieces;
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

function blobOf(update: UpdateToWrite): Uint8Array {
  const { cabinet } = update;
  if (cabinet === undefined) return update.escaped ?? new Uint8Array(0);
  return Buffer.from(Buffer.from(cabinet.buffer, cabinet.byteOffset, cabinet.byteLength).toString('base64'), 'latin1');
}

function writeUrl(url: SourceFileUrl): string {
  const fields =
    element('FileDigest', url.digest) +
    element('MUUrl', url.muUrl || undefined) +
    element('UssUrl', url.ussUrl || undefined);
  return `<ServerSyncUrlData>${fields}</ServerSyncUrlData>`;
}
