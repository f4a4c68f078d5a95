import type { SourceFileUrl } from '../upstream/Source.js';
import { parseGetUpdateDataRequest } from '../wire/getUpdateData/parseGetUpdateDataRequest.js';
import type { UpdateToWrite } from '../wire/getUpdateData/UpdateData.js';
import { writeGetUpdateDataResponse } from '../wire/getUpdateData/writeGetUpdateDataResponse.js';
import { escapeBytes } from '../wire/scan/escapeBytes.js';
import type { SoapVersion } from '../wire/soap/SoapVersion.js';
import { refused, type Answer } from './Answer.js';
import type { ServedDocument } from './ServedCatalogue.js';
import type { ServerContext } from './ServerContext.js';

/** Windows leaves documents of up to 5,120 bytes of UTF-16 uncompressed. */
const SMALLEST_COMPRESSED = 2560;

/** Serves the documents of one batch; an unknown id fails the whole call, as on WSUS (MS-WSUSSS 3.1.4.5). */
export async function answerGetUpdateData(body: Buffer, soap: SoapVersion, context: ServerContext): Promise<Answer> {
  const request = parseGetUpdateDataRequest(body);
  if (request.identities.length > context.limits.maxUpdatesPerRequest) return refused('InvalidParameters', 'updateIds');
  const found = await context.options.catalogue.documents(
    request.identities,
    context.limits.maxAnswerBytes,
    context.work,
  );
  const documents = found.filter((document) => document !== undefined);
  if (documents.length < found.length) return refused('InternalServerError');
  return {
    pieces: writeGetUpdateDataResponse(withinLimit(documents, context), soap),
    updates: request.identities.length,
  };
}

/** As many documents as fit into one answer, one at least: the client asks for the rest again. */
function withinLimit(
  documents: readonly ServedDocument[],
  context: ServerContext,
): { updates: UpdateToWrite[]; fileUrls: SourceFileUrl[] } {
  const updates: UpdateToWrite[] = [];
  const urls = new Map<string, SourceFileUrl>();
  let size = 0;
  for (const document of documents) {
    const update = updateOf(document, context);
    size += sizeOf(update, document);
    if (size > context.limits.maxAnswerBytes && updates.length > 0) break;
    updates.push(update);
    // Documents share files, and only some may come with an address.
    for (const url of document.fileUrls) if ((urls.get(url.digest)?.muUrl ?? '') === '') urls.set(url.digest, url);
  }
  return { updates, fileUrls: [...urls.values()] };
}

function updateOf(document: ServedDocument, context: ServerContext): UpdateToWrite {
  const { blob, writeBlobCabinet } = context.options;
  const common = { identity: document.identity, fileDigests: document.fileUrls.map((url) => url.digest) };
  if (blob !== 'plain' && writeBlobCabinet !== undefined && document.xml.length > SMALLEST_COMPRESSED) {
    return { ...common, cabinet: writeBlobCabinet(document.xml) };
  }
  return { ...common, escaped: document.escaped ?? escapeBytes(document.xml) };
}

/** Bytes an update takes in the message, its frame and its addresses estimated. */
function sizeOf(update: UpdateToWrite, document: ServedDocument): number {
  const blob = update.cabinet === undefined ? (update.escaped?.length ?? 0) : Math.ceil(update.cabinet.length / 3) * 4;
  const urls = document.fileUrls.reduce((sum, url) => sum + url.muUrl.length + url.ussUrl.length + 250, 0);
  return blob + urls + 300;
}
