import type { SourceFileUrl } from '../upstream/Source.js';
import type { UpdateToWrite } from '../wire/getUpdateData/UpdateData.js';
import { updateDataFrame, writeFileUrls, writeUpdate } from '../wire/getUpdateData/writeGetUpdateDataResponse.js';
import { escapeBytes, escapedLength, ESCAPED_AT_ONCE } from '../wire/scan/escapeBytes.js';
import type { SoapVersion } from '../wire/soap/SoapVersion.js';
import type { ServedDocument } from './ServedCatalogue.js';
import type { ServerContext } from './ServerContext.js';

/** Windows leaves documents of up to 5,120 bytes of UTF-16 uncompressed. */
const SMALLEST_COMPRESSED = 2560;

/**
 * The answer to GetUpdateData, made while it is sent: as many documents as fit into one answer, one at least. The
 * client asks for the rest again.
 */
export async function* updateDataPieces(
  pages: AsyncIterable<readonly ServedDocument[]>,
  soap: SoapVersion,
  context: ServerContext,
): AsyncGenerator<Uint8Array, void, undefined> {
  const { head, tail } = updateDataFrame(soap);
  const urls = new Map<string, SourceFileUrl>();
  yield head;
  for await (const document of withinLimit(pages, context)) {
    // Documents share files, and only some may come with an address.
    for (const url of document.fileUrls) if ((urls.get(url.digest)?.muUrl ?? '') === '') urls.set(url.digest, url);
    yield* writeUpdate(document.update);
    context.work.give(document.xml.length);
  }
  yield writeFileUrls(urls.values());
  yield tail;
}

type DocumentToWrite = ServedDocument & { readonly update: UpdateToWrite };

async function* withinLimit(
  pages: AsyncIterable<readonly ServedDocument[]>,
  context: ServerContext,
): AsyncGenerator<DocumentToWrite, void, undefined> {
  let size = 0;
  for await (const page of pages)
    for (const document of page) {
      const update = updateOf(document, context);
      const before = size;
      size += sizeOf(update, document);
      if (size > context.limits.maxAnswerBytes && before > 0) return;
      yield { ...document, update };
    }
}

function updateOf(document: ServedDocument, context: ServerContext): UpdateToWrite {
  const { blob, writeBlobCabinet } = context.options;
  const common = { identity: document.identity, fileDigests: document.fileUrls.map((url) => url.digest) };
  if (blob !== 'plain' && writeBlobCabinet !== undefined && document.xml.length > SMALLEST_COMPRESSED) {
    return { ...common, cabinet: writeBlobCabinet(document.xml) };
  }
  if (document.escaped !== undefined) return { ...common, escaped: document.escaped };
  // Escaped once, and its size is known then; a large one is escaped piece by piece while it is sent.
  return document.xml.length <= ESCAPED_AT_ONCE
    ? { ...common, escaped: escapeBytes(document.xml) }
    : { ...common, xml: document.xml };
}

/** Bytes an update takes in the message, its frame and its addresses estimated. */
function sizeOf({ cabinet, escaped, xml }: UpdateToWrite, { fileUrls }: ServedDocument): number {
  const text = escaped?.length ?? (xml === undefined ? 0 : escapedLength(xml));
  const blob = cabinet === undefined ? text : Math.ceil(cabinet.length / 3) * 4;
  const urls = fileUrls.reduce((sum, url) => sum + url.muUrl.length + url.ussUrl.length + 250, 0);
  return blob + urls + 300;
}
