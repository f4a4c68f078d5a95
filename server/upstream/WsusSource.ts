import { SyncError } from '../errors/SyncError.js';
import { currentOf, uniqueRevisions } from '../metadata/UpdateIdentity.js';
import type { UpdateIdentity } from '../metadata/UpdateIdentity.js';
import { inTurns } from '../platform/inTurns.js';
import { parseGetConfigDataResponse, writeGetConfigDataRequest } from '../wire/getConfigData.js';
import type { ConfigData } from '../wire/getConfigData.js';
import type { Cookie } from '../wire/getCookie.js';
import { parseGetRelatedRevisionsResponse, writeGetRelatedRevisionsRequest } from '../wire/getRelatedRevisions.js';
import { parseGetRevisionIdListResponse, writeGetRevisionIdListRequest } from '../wire/getRevisionIdList.js';
import type { RevisionFilter, RevisionList } from '../wire/getRevisionIdList.js';
import { writeGetUpdateDataRequest } from '../wire/getUpdateData.js';
import type { SourceFileUrl } from '../wire/getUpdateData.js';
import type { OperationName, SoapVersion } from '../wire/operations.js';
import { BatchFetcher } from './BatchFetcher.js';
import { BatchSizes } from './BatchSizes.js';
import type { FileFetcher } from './FileFetcher.js';
import type { SoapCaller } from './SoapCaller.js';
import type { ContentFile, DocumentBatch, FailedDocument, Source, SourceConfig, SourceDocument } from './Source.js';
import type { WsusSession } from './WsusSession.js';
import { contentAddress, trustedAddress } from './contentAddress.js';
import { filterParts } from './filterParts.js';
import { explainTransportError } from './explainTransportError.js';
import type { AnswerReader, DeliveredUpdate, DeliveredUpdates } from './readAnswer.js';

/** What a WsusSource is made of. */
interface WsusSourceParts {
  readonly name: string;
  readonly caller: SoapCaller;
  readonly session: WsusSession;
  readonly answers: AnswerReader;
  readonly files: FileFetcher;
}

/** One request and how its answer is read. */
interface Exchange<Answer> {
  readonly operation: OperationName;
  readonly write: (cookie: Cookie) => Buffer;
  readonly parse: (bytes: Uint8Array) => Answer | Promise<Answer>;
  /** Asked once, with this share of the usual time; else it is repeated as calls are. */
  readonly timeShare?: number;
  /** Gives the place that a large answer is read into. */
  readonly room?: (() => Buffer | undefined) | undefined;
}

/** A server that says 0 or an absurd number gets batches of these sizes. */
const USUAL_BATCH = 100;
const LARGEST_BATCH = 1000;
/** Of the usual time-out, for the question whether the server answers at all. */
const PROBE_TIME_SHARE = 1 / 4;

/** Microsoft Update or any WSUS, over MS-WSUSSS. */
export class WsusSource implements Source {
  readonly #parts: WsusSourceParts;
  readonly #sizes = new BatchSizes();

  constructor(parts: WsusSourceParts) {
    this.#parts = parts;
  }

  get batchLimit(): number | undefined {
    return this.#sizes.limit;
  }

  set batchLimit(limit: number | undefined) {
    this.#sizes.limit = limit;
  }

  get name(): string {
    return this.#parts.name;
  }

  /** Authorizes and reads limits and languages (MS-WSUSSS 3.1.4.3). */
  async open(configAnchor: string, signal: AbortSignal): Promise<SourceConfig> {
    const { soap, url } = this.#parts.caller;
    const config = await this.#exchange(configData(configAnchor, soap), signal);
    if (!/^1\.\d+$/.test(config.protocolVersion))
      throw new SyncError('UpstreamIncompatible', { url, version: config.protocolVersion });
    return sourceConfigOf(config);
  }

  /**
   * The ids for a filter, each once (MS-WSUSSS 3.1.4.4). Of several answers the first anchor counts: what came while
   * the others were asked for is listed again.
   */
  async listRevisions(filter: RevisionFilter, signal: AbortSignal): Promise<RevisionList> {
    const [first, ...others] = filterParts(filter);
    const { anchor, revisions } = await this.#list(first ?? filter, signal);
    for (const part of others) for (const one of (await this.#list(part, signal)).revisions) revisions.push(one);
    return { anchor, revisions: await inTurns(uniqueRevisions(revisions)) };
  }

  /** The documents of one batch; what cannot be had is in `failed` (MS-WSUSSS 3.1.4.5). */
  async fetchDocuments(identities: readonly UpdateIdentity[], signal: AbortSignal): Promise<DocumentBatch> {
    const documents: SourceDocument[] = [];
    const fileUrls: SourceFileUrl[] = [];
    const failed: FailedDocument[] = [];
    for (const piece of this.#sizes.pieces(await inTurns(uniqueRevisions(identities)))) {
      const fetched = await this.#fetchPiece(piece, signal);
      for (const update of fetched.updates) sortOut(update, { documents, failed });
      for (const url of fetched.fileUrls) fileUrls.push(url);
      for (const one of fetched.failed) failed.push(one);
    }
    return { documents, fileUrls, failed };
  }

  /**
   * From the server's own content folder, else from where it says that Microsoft has the file (MS-WSUSSS 3.1.4.5,
   * ServerSyncUrlData).
   */
  async fetchFile(file: ContentFile, signal: AbortSignal): Promise<Uint8Array> {
    const { files, caller } = this.#parts;
    const own = await files.fetch(contentAddress(caller.base, file), file, signal);
    if (own !== undefined) return own;
    const { fileUrls } = await this.#exchange(this.#updateData([file.identity], signal), signal);
    const named = fileUrls.filter((url) => url.digest === file.digest).flatMap((url) => [url.ussUrl, url.muUrl]);
    for (const address of named) {
      const url = trustedAddress(caller.base, address);
      const bytes = url === undefined ? undefined : await files.fetch(url, file, signal);
      if (bytes !== undefined) return bytes;
    }
    throw new SyncError('ContentMissing', {
      file: file.fileName,
      url: caller.url,
      reason: named.length === 0 ? 'the upstream gives no address for it' : 'it is not there',
    });
  }

  /**
   * The current revisions of update ids; revisions of ids that were not asked for are left out (MS-WSUSSS,
   * GetRelatedRevisionsForUpdates).
   */
  async relatedRevisions(updateIds: readonly string[], signal: AbortSignal): Promise<readonly UpdateIdentity[]> {
    if (updateIds.length === 0) return [];
    const revisions = await this.#exchange(
      {
        operation: 'GetRelatedRevisionsForUpdates',
        write: (cookie) => writeGetRelatedRevisionsRequest({ cookie, updateIds }, this.#parts.caller.soap),
        parse: async (bytes) => inTurns(parseGetRelatedRevisionsResponse(bytes)),
      },
      signal,
    );
    return currentOf(updateIds, revisions);
  }

  async close(): Promise<void> {
    await this.#parts.files.close();
    this.#parts.session.close();
    await this.#parts.caller.close();
  }

  async #list(
    filter: RevisionFilter,
    signal: AbortSignal,
  ): Promise<{ readonly anchor: string; readonly revisions: UpdateIdentity[] }> {
    const { anchor, revisions } = await this.#exchange(
      {
        operation: 'GetRevisionIdList',
        write: (cookie) => writeGetRevisionIdListRequest({ cookie, filter }, this.#parts.caller.soap),
        parse: async (bytes) => inTurns(parseGetRevisionIdListResponse(bytes)),
      },
      signal,
    );
    return { anchor, revisions: [...revisions] };
  }

  async #fetchPiece(identities: readonly UpdateIdentity[], signal: AbortSignal): Promise<BatchFetcher> {
    const { caller } = this.#parts;
    const fetcher = new BatchFetcher({
      ask: async (batch, timeShare) => this.#exchange({ ...this.#updateData(batch, signal), timeShare }, signal),
      isAnswering: async () => this.#isAnswering(signal),
      retry: async (attempt) => caller.retry(attempt, signal),
    });
    await fetcher.fetch(identities);
    const { answered, failed, wasUnanswered } = fetcher;
    if (wasUnanswered) this.#sizes.note({ size: identities.length, answered, hasFailed: failed.length > 0 });
    return fetcher;
  }

  /** Asks what `open` has asked already. */
  async #isAnswering(signal: AbortSignal): Promise<boolean> {
    try {
      await this.#exchange({ ...configData('', this.#parts.caller.soap), timeShare: PROBE_TIME_SHARE }, signal);
      return true;
    } catch (caught) {
      if (signal.aborted) throw caught;
      return false;
    }
  }

  #updateData(identities: readonly UpdateIdentity[], signal: AbortSignal): Exchange<DeliveredUpdates> {
    const { answers, caller } = this.#parts;
    return {
      operation: 'GetUpdateData',
      write: (cookie) => writeGetUpdateDataRequest({ cookie, identities }, caller.soap),
      parse: async (bytes) => answers.readAnswer(bytes, identities, signal),
      room: answers.room,
    };
  }

  async #exchange<Answer>(exchange: Exchange<Answer>, signal: AbortSignal): Promise<Answer> {
    const { session, caller } = this.#parts;
    try {
      const { operation, write, parse, timeShare, room } = exchange;
      return await session.withCookie(async (cookie) => {
        const body = write(cookie);
        const answer =
          timeShare === undefined
            ? await caller.serverSync(operation, body, signal)
            : await caller.serverSyncOnce({ operation, body, timeShare, room }, signal);
        return parse(answer);
      }, signal);
    } catch (caught) {
      throw await explainTransportError(caught, {
        url: caller.url,
        target: caller.base,
        operation: exchange.operation,
        proxy: undefined,
      });
    }
  }
}

function configData(configAnchor: string, soap: SoapVersion): Exchange<ConfigData> {
  return {
    operation: 'GetConfigData',
    write: (cookie) => writeGetConfigDataRequest({ cookie, configAnchor }, soap),
    parse: parseGetConfigDataResponse,
  };
}

/** What a batch brought, and what it did not. */
function sortOut(
  { identity, xml, failure }: DeliveredUpdate,
  { documents, failed }: { documents: SourceDocument[]; failed: FailedDocument[] },
): void {
  if (xml !== undefined) documents.push({ identity, xml });
  if (failure !== undefined) failed.push({ identity, ...failure });
}

function sourceConfigOf(config: ConfigData): SourceConfig {
  const limit = config.maxNumberOfUpdatesPerRequest;
  return {
    protocolVersion: config.protocolVersion,
    maxUpdatesPerRequest: limit < 1 ? USUAL_BATCH : Math.min(limit, LARGEST_BATCH),
    configAnchor: config.newConfigAnchor,
    languages: config.languages,
  };
}
