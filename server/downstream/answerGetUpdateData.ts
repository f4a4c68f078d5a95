import { reasonOf, SyncError } from '../errors/SyncError.js';
import { identityKey, type UpdateIdentity } from '../metadata/UpdateIdentity.js';
import { Slab } from '../platform/Slab.js';
import {
  parseGetUpdateDataRequest,
  type SourceFileUrl,
  updateDataFrame,
  type UpdateToWrite,
  writeFileUrls,
  writeUpdate,
} from '../wire/getUpdateData.js';
import type { SoapVersion } from '../wire/operations.js';
import { escapedLength } from '../xml/escaping.js';
import { giveBlock, type MessagePieces, takeBlock } from './AnswerBlocks.js';
import type { PackedAnswer } from './PackedAnswers.js';
import type { ServedDocument } from './ServedCatalogue.js';
import { type Answer, refused, type ServerContext } from './ServerContext.js';
import { isAborted } from './port/RequestWork.js';

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
): MessagePieces {
  const { head, tail } = updateDataFrame(soap);
  const urls = new Map<string, SourceFileUrl>();
  const begin = yield [head];
  let size = begin;
  try {
    all: for await (const page of pages)
      for (const document of page) {
        const { update, held } = await prepare(document, size, context);
        if (size > begin && !fits(update, document, { size, limit: context.limits.maxAnswerBytes })) break all;
        // Documents share files, and only some may come with an address.
        for (const url of document.fileUrls) if ((urls.get(url.digest)?.muUrl ?? '') === '') urls.set(url.digest, url);
        size = yield writeUpdate(update);
        context.work.give(held);
      }
  } catch (caught) {
    tellCut(caught, context);
    throw caught;
  }
  yield [writeFileUrls(urls.values()), tail];
}

/** An update as it goes out, and the bytes that are held for it. */
interface Prepared {
  readonly update: UpdateToWrite;
  readonly held: number;
}

/** The connection is cut then: an answer that only ended early would look whole to who does not compare. */
function tellCut(caught: unknown, { options, request }: ServerContext): void {
  // Nobody waits for it any more.
  if (isAborted(caught)) return;
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
  if (options.cabinets === undefined || !isLarge(document, before) || !options.cabinets.takes(xml)) {
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

/** Whether an update has room in an answer of so many bytes, its frame and its addresses estimated. */
function fits(
  { cabinet, escaped, xml }: UpdateToWrite,
  { fileUrls }: ServedDocument,
  { size, limit }: { readonly size: number; readonly limit: number },
): boolean {
  if (limit === Number.POSITIVE_INFINITY) return true;
  const text = escaped?.length ?? (xml === undefined ? 0 : escapedLength(xml));
  const blob = cabinet === undefined ? text : Math.ceil(cabinet.length / 3) * 4;
  const urls = fileUrls.reduce((sum, url) => sum + url.muUrl.length + url.ussUrl.length + 250, 0);
  return size + blob + urls + 300 <= limit;
}

/** Read before they are sent: of the rest no more is in memory than is on its way. */
const PAGE_BYTES = 64 * 1024;
const PAGE = 8;

/** Serves the documents of one batch; an unknown id fails the whole call, as on WSUS (MS-WSUSSS 3.1.4.5). */
export async function answerGetUpdateData(body: Buffer, soap: SoapVersion, context: ServerContext): Promise<Answer> {
  const { identities } = parseGetUpdateDataRequest(body);
  if (identities.length > context.limits.maxUpdatesPerRequest) return refused('InvalidParameters', 'updateIds');
  const kept = await packedAnswerTo(identities, soap, context);
  const packed = await kept?.bytes();
  if (packed !== undefined) return { pieces: [], updates: identities.length, packed };
  const room = takeBlock();
  const first = await pageOf(identities, room, context);
  if (first === undefined) return refused('InternalServerError');
  const pages = pagesFrom({ first, rest: identities.slice(first.length), room }, context);
  return { pieces: updateDataPieces(pages, soap, context), updates: identities.length, kept };
}

/** Where the packed answer is kept; undefined where it is not to be packed. */
async function packedAnswerTo(
  identities: readonly UpdateIdentity[],
  soap: SoapVersion,
  { options, packed, request }: ServerContext,
): Promise<PackedAnswer | undefined> {
  const key = options.blob === 'plain' ? await options.catalogue.documentsKey?.(identities) : undefined;
  if (key === undefined) return undefined;
  const answer = packed.answerTo(`${soap} ${key}`);
  // To unpack takes less than to make it again.
  return request.acceptsGzip || answer.isWantedAgain() ? answer : undefined;
}

/** The first of the documents, as many as are read at once; undefined where one of them is not there. */
async function pageOf(
  identities: readonly UpdateIdentity[],
  room: Buffer,
  { options, work }: ServerContext,
): Promise<readonly ServedDocument[] | undefined> {
  const page = { maxBytes: PAGE_BYTES, room: new Slab(room) };
  const found = await options.catalogue.documents(identities, page, work);
  const documents = found.filter((document) => document !== undefined);
  return documents.length < found.length ? undefined : documents;
}

/** Documents that were read, those that are to be read, and where they are put. */
interface PagesToSend {
  readonly first: readonly ServedDocument[];
  readonly rest: readonly UpdateIdentity[];
  readonly room: Buffer;
}

/** Page after page, each when the client has taken those before it. */
async function* pagesFrom(
  { first, rest, room }: PagesToSend,
  context: ServerContext,
): AsyncGenerator<readonly ServedDocument[], void, undefined> {
  try {
    yield first;
    for (let at = 0; at < rest.length;) {
      await context.work.pace();
      const part = rest.slice(at, at + PAGE);
      const page = (await pageOf(part, room, context)) ?? [];
      if (page.length === 0) throw new SyncError('UpdateNotFound', { id: part.map(identityKey).join(', ') });
      yield page;
      at += page.length;
    }
  } finally {
    giveBlock(room);
  }
}
