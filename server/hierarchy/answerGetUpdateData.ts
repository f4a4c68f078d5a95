import { SyncError } from '../errors/SyncError.js';
import { identityKey } from '../metadata/UpdateIdentity.js';
import type { UpdateIdentity } from '../metadata/UpdateIdentity.js';
import { parseGetUpdateDataRequest } from '../wire/getUpdateData.js';
import type { SoapVersion } from '../wire/soap.js';
import { refused } from './Answer.js';
import type { Answer } from './Answer.js';
import type { ServedDocument } from './ServedCatalogue.js';
import type { ServerContext } from './ServerContext.js';
import { updateDataPieces } from './updateDataPieces.js';

/** Read before they are sent: of the rest no more is in memory than is on its way. */
const PAGE_BYTES = 64 * 1024;
const PAGE = 8;

/** Serves the documents of one batch; an unknown id fails the whole call, as on WSUS (MS-WSUSSS 3.1.4.5). */
export async function answerGetUpdateData(body: Buffer, soap: SoapVersion, context: ServerContext): Promise<Answer> {
  const { identities } = parseGetUpdateDataRequest(body);
  if (identities.length > context.limits.maxUpdatesPerRequest) return refused('InvalidParameters', 'updateIds');
  const first = await pageOf(identities, context);
  if (first === undefined) return refused('InternalServerError');
  const pages = pagesFrom(first, identities.slice(first.length), context);
  return { pieces: updateDataPieces(pages, soap, context), updates: identities.length };
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
