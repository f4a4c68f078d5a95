import { SyncError } from '../errors/SyncError.js';
import type { UpdateIdentity } from '../metadata/UpdateIdentity.js';
import { inTurns } from '../platform/inTurns.js';
import type { ConfigData } from '../wire/getConfigData/ConfigData.js';
import { parseGetConfigDataResponse } from '../wire/getConfigData/parseGetConfigDataResponse.js';
import { writeGetConfigDataRequest } from '../wire/getConfigData/writeGetConfigDataRequest.js';
import { parseGetRelatedRevisionsResponse } from '../wire/getRelatedRevisions/parseGetRelatedRevisionsResponse.js';
import { writeGetRelatedRevisionsRequest } from '../wire/getRelatedRevisions/writeGetRelatedRevisionsRequest.js';
import { parseGetRevisionIdListResponse } from '../wire/getRevisionIdList/parseGetRevisionIdListResponse.js';
import { writeGetRevisionIdListRequest } from '../wire/getRevisionIdList/writeGetRevisionIdListRequest.js';
import { parseGetUpdateDataResponse } from '../wire/getUpdateData/parseGetUpdateDataResponse.js';
import type { UpdateDataAnswer } from '../wire/getUpdateData/UpdateData.js';
import { writeGetUpdateDataRequest } from '../wire/getUpdateData/writeGetUpdateDataRequest.js';
import type { Cookie } from '../wire/getCookie/Cookie.js';
import type { OperationName } from '../wire/soap/operations.js';
import { BatchFetcher } from './BatchFetcher.js';
import { contentAddress, trustedAddress } from './contentAddress.js';
import { decodeUpdates, type CabinetReader } from './decodeUpdates.js';
import { explainTransportError } from './explainTransportError.js';
import type { FileFetcher } from './FileFetcher.js';
import type { SoapCaller } from './SoapCaller.js';
import type { ContentFile, DocumentBatch, RevisionFilter, RevisionList, Source, SourceConfig } from './Source.js';
import { currentOf } from './currentOf.js';
import { uniqueRevisions } from './uniqueRevisions.js';
import type { WsusSession } from './WsusSession.js';

/** What a WsusSource is made of. */
export interface WsusSourceParts {
  readonly name: string;
  readonly caller: SoapCaller;
  readonly session: WsusSession;
  readonly cabinets: CabinetReader;
  readonly files: FileFetcher;
}

/** One request and how its answer is read. */
interface Exchange<Answer> {
  readonly operation: OperationName;
  readonly write: (cookie: Cookie) => Buffer;
  readonly parse: (bytes: Uint8Array) => Answer | Promise<Answer>;
}

/** A server that says 0 or an absurd number gets batches of these sizes. */
const USUAL_BATCH = 100;
const LARGEST_BATCH = 1000;

/** Microsoft Update or any WSUS, over MS-WSUSSS. */
export class WsusSource implements Source {
  constructor(private readonly parts: WsusSourceParts) {}

  get name(): string {
    return this.parts.name;
  }

  /** Authorizes and reads limits and languages (MS-WSUSSS 3.1.4.3). */
  async open(configAnchor: string, signal: AbortSignal): Promise<SourceConfig> {
    const { soap, url } = this.parts.caller;
    const config = await this.exchange(
      {
        operation: 'GetConfigData',
        write: (cookie) => writeGetConfigDataRequest({ cookie, configAnchor }, soap),
        parse: parseGetConfigDataResponse,
      },
      signal,
    );
    if (!/^1\.\d+$/.test(config.protocolVersion))
      throw new SyncError('UpstreamIncompatible', { url, version: config.protocolVersion });
    return sourceConfigOf(config);
  }

  /** The ids for a filter, each once (MS-WSUSSS 3.1.4.4). */
  async listRevisions(filter: RevisionFilter, signal: AbortSignal): Promise<RevisionList> {
    const list = await this.exchange(
      {
        operation: 'GetRevisionIdList',
        write: (cookie) => writeGetRevisionIdListRequest({ cookie, filter }, this.parts.caller.soap),
        parse: async (bytes) => inTurns(parseGetRevisionIdListResponse(bytes)),
      },
      signal,
    );
    return { anchor: list.anchor, revisions: await inTurns(uniqueRevisions(list.revisions)) };
  }

  /** The documents of one batch; what cannot be had is in `failed` (MS-WSUSSS 3.1.4.5). */
  async fetchDocuments(identities: readonly UpdateIdentity[], signal: AbortSignal): Promise<DocumentBatch> {
    const fetcher = new BatchFetcher(async (batch) => this.updateData(batch, signal));
    await fetcher.fetch(await inTurns(uniqueRevisions(identities)));
    const { documents, failed } = decodeUpdates(fetcher.updates, this.parts.cabinets);
    return { documents, fileUrls: fetcher.fileUrls, failed: [...fetcher.failed, ...failed] };
  }

  /**
   * From the server's own content folder, else from where it says that Microsoft has the file (MS-WSUSSS 3.1.4.5,
   * ServerSyncUrlData).
   */
  async fetchFile(file: ContentFile, signal: AbortSignal): Promise<Uint8Array> {
    const { files, caller } = this.parts;
    const own = await files.fetch(contentAddress(caller.base, file), file, signal);
    if (own !== undefined) return own;
    const { fileUrls } = await this.updateData([file.identity], signal);
    const named = fileUrls.filter((url) => url.digest === file.digest).flatMap((url) => [url.ussUrl, url.muUrl]);
    for (const address of named) {
      const url = trustedAddress(caller.base, address);
      const bytes = url === undefined ? undefined : await files.fetch(url, file, signal);
      if (bytes !== undefined) return bytes;
    }
    throw new SyncError('ContentMissing', {
      file: file.fileName,
      url: caller.url,
      reason: named.length === 0 ? 'it names no address for it' : 'it is not there',
    });
  }

  /**
   * The current revisions of update ids; revisions of ids that were not asked for are left out (MS-WSUSSS,
   * GetRelatedRevisionsForUpdates).
   */
  async relatedRevisions(updateIds: readonly string[], signal: AbortSignal): Promise<readonly UpdateIdentity[]> {
    if (updateIds.length === 0) return [];
    const revisions = await this.exchange(
      {
        operation: 'GetRelatedRevisionsForUpdates',
        write: (cookie) => writeGetRelatedRevisionsRequest({ cookie, updateIds }, this.parts.caller.soap),
        parse: async (bytes) => inTurns(parseGetRelatedRevisionsResponse(bytes)),
      },
      signal,
    );
    return currentOf(updateIds, revisions);
  }

  async close(): Promise<void> {
    await this.parts.files.close();
    this.parts.session.close();
    await this.parts.caller.close();
  }

  private async updateData(identities: readonly UpdateIdentity[], signal: AbortSignal): Promise<UpdateDataAnswer> {
    return this.exchange(
      {
        operation: 'GetUpdateData',
        write: (cookie) => writeGetUpdateDataRequest({ cookie, identities }, this.parts.caller.soap),
        parse: async (bytes) => inTurns(parseGetUpdateDataResponse(bytes)),
      },
      signal,
    );
  }

  private async exchange<Answer>(exchange: Exchange<Answer>, signal: AbortSignal): Promise<Answer> {
    const { session, caller } = this.parts;
    try {
      const { operation, write, parse } = exchange;
      return await session.withCookie(
        async (cookie) => parse(await caller.serverSync(operation, write(cookie), signal)),
        signal,
      );
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

function sourceConfigOf(config: ConfigData): SourceConfig {
  const limit = config.maxNumberOfUpdatesPerRequest;
  return {
    protocolVersion: config.protocolVersion,
    maxUpdatesPerRequest: limit < 1 ? USUAL_BATCH : Math.min(limit, LARGEST_BATCH),
    configAnchor: config.newConfigAnchor,
    languages: config.languages,
  };
}
