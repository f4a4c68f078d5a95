import { reasonOf, SyncError } from '../errors/SyncError.js';
import { identityKey, type UpdateIdentity } from '../metadata/UpdateIdentity.js';
import {
  parseGetUpdateDataRequest,
  type MessagePiece,
  type SourceFileUrl,
  updateDataFrame,
  type UpdateToWrite,
  writeFileUrls,
  writeUpdate,
} from '../wire/getUpdateData.js';
import type { SoapVersion } from '../wire/operations.js';
import { escapedLength } from '../xml/escaping.js';
import type { ServedDocument } from './ServedCatalogue.js';
import { type Answer, refused, type ServerContext } from './ServerContext.js';

/** Windows leaves documents of up to 5,120 bytes of UTF-16 uncompressed. */
const SMALLEST_COMPRESSED = 2560;

/** A document beyond this is large: it goes as a cabinet wherever that is allowed. */
const LARGE_BYTES = 64 * 1024;

/** Beyond this an answer of plain documents is large, and what can be smaller goes on as cabinets. */
const PLAIN_BYTES = 2_000_000;

/** `&amp;` */
const MOST_OF_A_BYTE = 5;

/**
 * The answer to GetUpdateData, made while it is sent: every document that was asked for. Only with `maxAnswerBytes`
 * there are as many as fit, one at least, and the client has to ask for the rest again.
 */
async function* updateDataPieces(
  pages: AsyncIterable<readonly ServedDocument[]>,
  soap: SoapVersion,
  context: ServerContext,
): AsyncGenerator<MessagePiece, void, undefined> {
  const { head, tail } = updateDataFrame(soap);
  const urls = new Map<string, SourceFileUrl>();
  yield head;
  for await (const document of withinLimit(pages, context)) {
    // Documents share files, and only some may come with an address.
    for (const url of document.fileUrls) if ((urls.get(url.digest)?.muUrl ?? '') === '') urls.set(url.digest, url);
    yield* writeUpdate(document.update);
    context.work.give(document.held);
  }
  yield writeFileUrls(urls.values());
  yield tail;
}

/** An update as it goes out, and the bytes that are held for it. */
interface Prepared {
  readonly update: UpdateToWrite;
  readonly held: number;
}

async function* withinLimit(
  pages: AsyncIterable<readonly ServedDocument[]>,
  context: ServerContext,
): AsyncGenerator<Pick<ServedDocument, 'fileUrls'> & Prepared, void, undefined> {
  let size = 0;
  try {
    for await (const page of pages)
      for (const document of page) {
        const prepared = await prepare(document, size, context);
        const before = size;
        size += sizeOf(prepared.update, document);
        if (size > context.limits.maxAnswerBytes && before > 0) return;
        yield { fileUrls: document.fileUrls, ...prepared };
      }
  } catch (caught) {
    tellCut(caught, context);
    throw caught;
  }
}

/** The connection is cut then: an answer that only ended early would look whole to who does not compare. */
function tellCut(caught: unknown, { options, request }: ServerContext): void {
  // Nobody waits for it any more.
  if (caught instanceof Error && caught.name === 'AbortError') return;
  const isOurs = !(caught instanceof SyncError) || caught.errorId !== 'PortBusy';
  options.log?.(`GetUpdateData was cut off: ${reasonOf(caught)}`, { peer: request.peer, isOurs });
}

/** `before` are the bytes of the answer so far. */
async function prepare(document: ServedDocument, before: number, context: ServerContext): Promise<Prepared> {
  const { options, work } = context;
  const { identity, xml } = document;
  const common = { identity, fileDigests: document.fileUrls.map((url) => url.digest) };
  const held = xml.length;
  if (options.blob !== 'plain' && options.writeBlobCabinet !== undefined && xml.length > SMALLEST_COMPRESSED)
    return { update: { ...common, cabinet: options.writeBlobCabinet(xml) }, held };
  if (options.cabinets?.takes(xml) !== true || !isLarge(document, before)) {
    const { escaped } = document;
    return { update: { ...common, ...(escaped === undefined ? { xml } : { escaped }) }, held };
  }
  const cabinet = await options.cabinets.of(document, work);
  return { update: { ...common, cabinet }, held: held + cabinet.length };
}

function isLarge({ xml, escaped }: ServedDocument, before: number): boolean {
  if (xml.length > LARGE_BYTES) return true;
  if (xml.length <= SMALLEST_COMPRESSED || before + MOST_OF_A_BYTE * xml.length <= PLAIN_BYTES) return false;
  return before + (escaped?.length ?? escapedLength(xml)) > PLAIN_BYTES;
}

/** Bytes an update takes in the message, its frame and its addresses estimated. */
function sizeOf({ cabinet, escaped, xml }: UpdateToWrite, { fileUrls }: ServedDocument): number {
  const text = escaped?.length ?? (xml === undefined ? 0 : escapedLength(xml));
  const blob = cabinet === undefined ? text : Math.ceil(cabinet.length / 3) * 4;
  const urls = fileUrls.reduce((sum, url) => sum + url.muUrl.length + url.ussUrl.length + 250, 0);
  return blob + urls + 300;
}

/** Read before they are sent: of the rest no more is in memory than is on its way. */
const PAGE_BYTES = 64 * 1024;
const PAGE = 8;

/** Serves the documents of one batch; an unknown id fails the whole call, as on WSUS (MS-WSUSSS 3.1.4.5). */
export async function answerGetUpdateData(body: Buffer, soap: SoapVersion, context: ServerContext): Promise<Answer> {
  const { options } = context;
  const { identities } = parseGetUpdateDataRequest(body);
  if (identities.length > context.limits.maxUpdatesPerRequest) return refused('InvalidParameters', 'updateIds');
  const key = context.request.acceptsGzip ? await options.catalogue.documentsKey?.(identities) : undefined;
  const kept = key === undefined ? undefined : context.packed.answerTo(`${soap} ${key}`);
  if (kept?.bytes !== undefined) return { pieces: [], updates: identities.length, kept };
  const first = await pageOf(identities, context);
  if (first === undefined) return refused('InternalServerError');
  const pages = pagesFrom(first, identities.slice(first.length), context);
  return { pieces: updateDataPieces(pages, soap, context), updates: identities.length, kept };
}

/** The first of the documents, as many as are read at once; undefined where one of them is not there. */
async function pageOf(
  identities: readonly UpdateIdentity[],
  { options, work }: ServerContext,
): Promise<readonly ServedDocument[] | undefined> {
  const found = await options.catalogue.documents(identities, PAGE_BYTES, work);
  const documents = found.filter((document) => document !== undefined);
  return documents.length < found.length ? undefined : documents;
}

/** Page after page, each when the client has taken those before it. */
async function* pagesFrom(
  first: readonly ServedDocument[],
  rest: readonly UpdateIdentity[],
  context: ServerContext,
): AsyncGenerator<readonly ServedDocument[], void, undefined> {
  yield first;
  for (let at = 0; at < rest.length;) {
    await context.work.pace();
    const part = rest.slice(at, at + PAGE);
    const page = (await pageOf(part, context)) ?? [];
    if (page.length === 0) throw new SyncError('UpdateNotFound', { id: part.map(identityKey).join(', ') });
    yield page;
    at += page.length;
  }
}
