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
import { runProgram } from '../platform/runProgram.js';
import type { EngineDeps } from '../rpc/EngineDeps.js';
import { readEngineRecord } from '../rpc/enginePlace.js';
import { fromResponseError } from '../rpc/errors.js';
import type { SiteFolder } from '../site/SiteFolder.js';
import { vouchForAfterSync } from '../site/afterSyncVoucher.js';
import { verifySiteFolder } from '../site/siteTrust.js';
import { askUnderAccount } from './AccountRelay.js';
import { connectEngine } from './connectEngine.js';
import { type EngineConnection, isConnectionLost } from './handshake.js';
import { replaceOlderEngine, whileEngineAnswers } from './replaceOlderEngine.js';

/** True for a request that sets the after-sync command or its arguments. */
function setsAfterSync(method: string, params: object): boolean {
  if (method !== 'component/set') return false;
  const { afterSyncCommand, afterSyncArgument } = params as Partial<ComponentSetRequest>;
  return afterSyncCommand !== undefined || afterSyncArgument !== undefined;
}

/**
 * Vouches for the after-sync command that the engine has just been given, as the account of whoever asked; the engine
 * does not know who that is. A warning says where it will not be run by the engine of this moment.
 */
async function afterSyncWasSet(
  site: SiteFolder,
  result: ComponentSetResult,
  deps: EngineDeps,
): Promise<ComponentSetResult> {
  const { AfterSyncCommand: command, AfterSyncArguments: given } = result.component;
  const { ownAccountId, env } = deps;
  await vouchForAfterSync(
    site,
    { command, arguments: given },
    { platform: process.platform, env, run: runProgram, ownAccountId },
  );
  const engine = readEngineRecord(site)?.account;
  const own = process.geteuid?.();
  if (command === '' || site.operators.length === 0 || engine === undefined || engine === own) return result;
  const warning =
    `The after-sync command ${command} runs only where the engine of this site works as the user ${String(own)}, ` +
    `who set it; at the moment it works as the user ${engine}.`;
  return { ...result, warnings: [...result.warnings, warning] };
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
    if (this.site.use.as === 'account' && setsAfterSync(method, params))
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
        return setsAfterSync(method, params)
          ? await afterSyncWasSet(this.site, result as ComponentSetResult, this.deps)
          : result;
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
  throw new SyncError('InvalidRequest', { method, reason: 'requestId is missing' });
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
