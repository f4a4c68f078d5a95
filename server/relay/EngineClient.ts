import { setTimeout as delay } from 'node:timers/promises';
import { type CancellationToken, CancellationTokenSource } from 'vscode-jsonrpc/node';
import type { ComponentSetRequest, ComponentSetResult, RunProgress } from '../contract/generated/types.js';
import {
  type EngineMethod,
  isEngineMethod,
  METHODS,
  type RequestOf,
  type ResultOf,
  RUN_PROGRESS,
} from '../contract/methods.js';
import { neededVersion } from '../contract/versions.js';
import { SyncError } from '../errors/SyncError.js';
import type { EngineDeps } from '../rpc/EngineDeps.js';
import { fromResponseError } from '../rpc/errors.js';
import type { SiteFolder } from '../site/SiteFolder.js';
import { setsAfterSync } from '../site/askedAfterSync.js';
import { verifySiteFolder } from '../site/siteTrust.js';
import { askUnderAccount } from './AccountRelay.js';
import { afterSyncWasSet } from './afterSyncWasSet.js';
import { programOf, programWasSet } from './programWasSet.js';
import { connectEngine } from './connectEngine.js';
import { type EngineConnection, isConnectionLost } from './handshake.js';
import { replaceOlderEngine, whileEngineAnswers } from './replaceOlderEngine.js';

/** What a request sets of the after-sync command; undefined where it sets nothing of it. */
function afterSyncOf(method: string, params: object): ComponentSetRequest | undefined {
  return method === 'component/set' && setsAfterSync(params) ? (params as ComponentSetRequest) : undefined;
}

/** Every attempt may meet an engine that dies during it; a request that itself kills engines must come to an end. */
const ATTEMPTS = 8;

/** An engine that was superseded answers until it has ended: all attempts would be over before another one is there. */
const SHORTEST_PAUSE_MS = 25;
const LONGEST_PAUSE_MS = 400;

/** How a request may be ended early. */
export interface RequestOptions {
  readonly signal?: AbortSignal | undefined;
}

/** Asks the engine of one site; connects, starts and, after a crash, asks again by itself. */
export class EngineClient {
  readonly site: SiteFolder;
  readonly deps: EngineDeps;
  readonly #watched = new Map<number, object>();
  #verified: SiteFolder | undefined;
  #connecting: Promise<EngineConnection> | undefined;
  #onProgress: (progress: RunProgress) => void = () => undefined;

  constructor(site: SiteFolder, deps: EngineDeps) {
    this.site = site;
    this.deps = deps;
  }

  /**
   * Looks whether the folder may be used, before anything is read or put there. @throws SyncError SiteFolderNotTrusted
   */
  async verify(): Promise<SiteFolder> {
    return (this.#verified ??= await verifySiteFolder(this.site, this.deps));
  }

  /** Sends a request of the contract. */
  request<M extends EngineMethod>(method: M, params: RequestOf<M>, options: RequestOptions = {}): Promise<ResultOf<M>> {
    return this.forward(method, params, options) as Promise<ResultOf<M>>;
  }

  /** Sends a request as it came. Sent again after a crash: changes carry a requestId, reads can be repeated. */
  async forward(method: string, params: object, options: RequestOptions = {}): Promise<unknown> {
    refuseUnrepeatable(method, params);
    const afterSync = afterSyncOf(method, params);
    if (this.site.use.as === 'account' && (afterSync !== undefined || programOf(method, params) !== undefined))
      return askUnderAccount(this.site, { account: this.site.use.account, method, params }, this.deps);
    for (let attempt = 1; ; attempt += 1) {
      const connection = await this.#connected();
      const asked = { connection, site: this.site, deps: this.deps };
      if (await replaceOlderEngine(asked, neededVersion({ method, params }), attempt === ATTEMPTS)) continue;
      if (options.signal?.aborted === true) throw new SyncError('Cancelled', { what: method });
      try {
        const sent = send(connection, { method, params, signal: options.signal });
        const result = await whileEngineAnswers(sent, asked);
        if (method === 'run/watch') this.#watched.set((params as { id: number }).id, params);
        const program = programOf(method, params);
        if (program !== undefined) return await programWasSet({ site: this.site, program, result }, this.deps);
        if (afterSync === undefined) return result;
        const answered = { site: this.site, asked: afterSync, result: result as ComponentSetResult };
        return await afterSyncWasSet(answered, this.deps);
      } catch (caught) {
        const error = isConnectionLost(caught) ? undefined : fromResponseError(caught, method);
        if (error !== undefined) this.#leaveWhenUseless(connection, error);
        if (error !== undefined && error.errorId !== 'StoreSuperseded') throw error;
        if (attempt === ATTEMPTS)
          throw new SyncError('EngineUnreachable', {
            site: this.site.siteCode,
            reason: `the connection ended ${ATTEMPTS} times during ${method}`,
          });
        if (attempt > 1) await delay(Math.min(LONGEST_PAUSE_MS, SHORTEST_PAUSE_MS * 2 ** attempt));
      }
    }
  }

  /** Who gets the notifications run/progress. */
  onProgress(handler: (progress: RunProgress) => void): void {
    this.#onProgress = handler;
  }

  /** Ends the connection; the engine goes on. */
  async close(): Promise<void> {
    const connection = await this.#connecting?.catch(() => undefined);
    this.#connecting = undefined;
    connection?.rpc.end();
    connection?.rpc.dispose();
  }

  /** An engine that hangs, or that another one has taken the site from, is not asked again. */
  #leaveWhenUseless(connection: EngineConnection, { errorId }: SyncError): void {
    if (errorId !== 'EngineHung' && errorId !== 'StoreSuperseded') return;
    this.#connecting = undefined;
    connection.rpc.end();
    connection.rpc.dispose();
  }

  #connected(): Promise<EngineConnection> {
    this.#connecting ??= this.#connect();
    return this.#connecting;
  }

  async #connect(): Promise<EngineConnection> {
    try {
      // Before anything is sent: a folder that somebody else put there is not asked.
      const site = await this.verify();
      const connection = await connectEngine(site, this.deps);
      connection.rpc.onNotification(RUN_PROGRESS, (progress: RunProgress) => this.#forwardProgress(progress));
      connection.rpc.onDispose(() => (this.#connecting = undefined));
      // A new engine knows nothing of what the old one was asked to watch.
      for (const params of this.#watched.values()) await connection.rpc.sendRequest('run/watch', params);
      return connection;
    } catch (caught) {
      this.#connecting = undefined;
      throw caught;
    }
  }

  #forwardProgress(progress: RunProgress): void {
    if (progress.State !== 'Running') this.#watched.delete(progress.RunId);
    this.#onProgress(progress);
  }
}

/** Without a requestId a change that is sent again could happen twice. */
function refuseUnrepeatable(method: string, params: object): void {
  if (!isEngineMethod(method) || !METHODS[method].changesState || 'requestId' in params) return;
  throw new SyncError('InvalidRequest', { method, reason: `The request ${method} has no requestId` });
}

async function send(
  connection: EngineConnection,
  request: { method: string; params: object; signal: AbortSignal | undefined },
): Promise<unknown> {
  const source = new CancellationTokenSource();
  const cancel = (): void => source.cancel();
  request.signal?.addEventListener('abort', cancel, { once: true });
  if (request.signal?.aborted === true) cancel();
  try {
    const token: CancellationToken = source.token;
    return await connection.rpc.sendRequest<unknown>(request.method, request.params, token);
  } finally {
    request.signal?.removeEventListener('abort', cancel);
    source.dispose();
  }
}
