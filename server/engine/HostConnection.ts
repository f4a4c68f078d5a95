import type { Socket } from 'node:net';
import {
  type CancellationToken,
  createMessageConnection,
  type MessageConnection,
  StreamMessageReader,
} from 'vscode-jsonrpc/node';
import type { HelloResult, RunProgress } from '../contract/generated/types.js';
import { checked } from '../contract/checked.js';
import { type EngineMethod, isEngineMethod, METHODS, type RequestOf, RUN_PROGRESS } from '../contract/methods.js';
import {
  commonVersion,
  CONTRACT_RANGE,
  type ContractRange,
  describeRange,
  neededVersion,
} from '../contract/versions.js';
import { reasonOf, SyncError } from '../errors/SyncError.js';
import type { Clock } from '../platform/Clock.js';
import { compareVersions } from '../platform/packageFolder.js';
import type { EngineLock } from '../rpc/EngineLock.js';
import { OneTimeKey } from '../rpc/OneTimeKey.js';
import { engineProof, isSealing, relayProof, sameProof, SealedChannel } from '../rpc/SealedChannel.js';
import { toResponseError } from '../rpc/errors.js';
import { type EngineService, ProgressSender, type RequestContext, signalOf } from '../rpc/requests.js';
import type { SiteFolder } from '../site/SiteFolder.js';
import { PeerWriter } from './PeerWriter.js';

/** What the host of an engine is made of. */
export interface EngineHostOptions {
  readonly site: SiteFolder;
  readonly service: EngineService;
  readonly lock: EngineLock;
  readonly clock: Clock;
  readonly idleSeconds: number;
  readonly log: (line: string) => void;
  readonly version: string;
  /** The versions of the contract that it speaks; those of this code if not given. */
  readonly contract?: ContractRange;
  /** Throws StoreSuperseded when another engine has taken the site over: then not even a question is answered. */
  readonly verifyCurrent?: () => void;
  /** Tells whether the engine ends in favour of a peer of that version; a newer one if not given. */
  readonly yieldsTo?: (version: string) => boolean;
  /** False where it takes no session of version 0.1; it does if not given. */
  readonly takesUnsealed?: boolean;
  /** Time a peer has to prove itself. */
  readonly handshakeSeconds?: number;
}

/** More than hello and authenticate need; whoever has not proved itself is not listened to any longer. */
const HANDSHAKE_BYTES = 65_536;

/**
 * Far more than any request has. A peer that sends so much without one message being whole is not listened to any
 * longer.
 */
const MESSAGE_BYTES = 16 * 1024 * 1024;

/** What a connection needs of its host. */
export interface HostShared {
  readonly options: EngineHostOptions;
  /** True while a run or more than so many requests are in work. */
  busyBeyond(requests: number): boolean;
  requestStarted(): () => void;
  yieldTo(successor: string): void;
  /** Another engine has the site: this one ends. */
  superseded(): void;
}

type Stage =
  | { readonly step: 'hello' }
  | { readonly step: 'authenticate'; readonly expected: string; readonly successor: string | undefined }
  | { readonly step: 'open' };

/** One peer of the engine: proves itself, then asks. */
export class HostConnection {
  readonly #socket: Socket;
  readonly #host: HostShared;
  readonly #rpc: MessageConnection;
  readonly #channel: SealedChannel;
  readonly #writer: PeerWriter;
  readonly #closed = new AbortController();
  readonly #progress: ProgressSender;
  readonly #working = new Set<Promise<unknown>>();
  #stage: Stage = { step: 'hello' };
  #contract = 0;
  #draining = false;
  #readUpTo = 0;

  constructor(socket: Socket, host: HostShared) {
    this.#socket = socket;
    this.#host = host;
    this.#channel = new SealedChannel(socket, 'engine');
    this.#writer = new PeerWriter(socket, this.#channel.output);
    this.#rpc = createMessageConnection(new StreamMessageReader(this.#channel.input), this.#writer);
    this.#progress = new ProgressSender((progress: RunProgress) => this.#rpc.sendNotification(RUN_PROGRESS, progress));
    this.#rpc.onError(([error]) => this.#fail(`broken stream: ${reasonOf(error)}`));
    this.#rpc.onRequest((method, params, token) => this.#answer(method, params, token));
    this.#limitHandshake();
    this.#limitMessages();
    this.onEnd(() => this.#dispose());
    this.#rpc.listen();
  }

  /** Calls back when the connection is over. */
  onEnd(action: () => void): void {
    this.#socket.once('close', action);
  }

  /**
   * Answers what is in work, leaves unanswered what only waits or comes now, closes: the relay asks the next engine.
   */
  async drain(): Promise<void> {
    this.#draining = true;
    this.#closed.abort();
    await Promise.allSettled(this.#working);
    await this.#flush();
    const over = new Promise<void>((resolve) =>
      this.#socket.destroyed ? resolve() : this.#socket.once('close', () => resolve()),
    );
    const force = this.#host.options.clock.after(2000, () => this.#socket.destroy());
    this.#socket.end(() => this.#socket.destroySoon());
    await over;
    force();
  }

  #limitHandshake(): void {
    const seconds = this.#host.options.handshakeSeconds ?? 10;
    const cancel = this.#host.options.clock.after(seconds * 1000, () => {
      if (this.#stage.step !== 'open') this.#fail(`no proof within ${seconds} seconds`);
    });
    this.onEnd(cancel);
    this.#socket.on('data', () => {
      if (this.#stage.step !== 'open' && this.#socket.bytesRead > HANDSHAKE_BYTES)
        this.#fail('too much before the proof');
    });
  }

  #limitMessages(): void {
    this.#socket.on('data', () => {
      if (this.#socket.bytesRead - this.#readUpTo > MESSAGE_BYTES)
        this.#fail(`more than ${MESSAGE_BYTES} bytes without a message`);
    });
  }

  async #answer(method: string, params: unknown, token: CancellationToken): Promise<unknown> {
    this.#readUpTo = this.#socket.bytesRead;
    await this.#writer.untilRead();
    const finished = this.#host.requestStarted();
    const work = this.#dispatch(method, params ?? {}, token);
    this.#working.add(work);
    try {
      return await work;
    } catch (caught) {
      // No answer: the relay asks the next engine when this connection ends.
      if (this.#draining && isCancelled(caught) && !token.isCancellationRequested)
        return await new Promise(() => undefined);
      if (caught instanceof SyncError && caught.errorId === 'StoreSuperseded') this.#host.superseded();
      throw toResponseError(caught, method);
    } finally {
      this.#working.delete(work);
      // After the answer is on its way: a host that yields then closes the connection.
      setImmediate(finished);
    }
  }

  async #dispatch(method: string, params: unknown, token: CancellationToken): Promise<unknown> {
    if (this.#draining) throw new SyncError('Cancelled', { what: method });
    if (this.#stage.step === 'open') return this.#serve(method, params, token);
    if (method === this.#stage.step) return method === 'hello' ? this.#hello(params) : this.#authenticate(params);
    throw this.#outOfTurn(method);
  }

  #outOfTurn(method: string): SyncError {
    const { step } = this.#stage;
    this.#fail(`${method} instead of ${step}`);
    return new SyncError('InvalidRequest', { method, reason: `The request ${method} came before ${step}` });
  }

  async #hello(given: unknown): Promise<HelloResult> {
    const params = await checked('hello.request', given, 'hello');
    if (this.#stage.step !== 'hello') throw this.#outOfTurn('hello');
    const { version, site, lock } = this.#host.options;
    const { contract, nonce, moduleVersion } = params;
    if (nonce === undefined)
      throw new SyncError('InvalidRequest', { method: 'hello', reason: 'The request hello has no nonce' });
    const ours = this.#host.options.contract ?? CONTRACT_RANGE;
    const common = commonVersion(ours, contract);
    if (common === undefined)
      throw new SyncError('ContractMismatch', { ours: describeRange(contract), theirs: describeRange(ours) });
    this.#contract = common;
    const key = new OneTimeKey();
    const nonces = { engine: key.nonce, relay: nonce };
    if (isSealing(nonces)) this.#channel.seal({ secret: site.secret, nonces, shared: key.sharedWith(nonce) });
    else if (this.#host.options.takesUnsealed === false) this.#refuseUnsealed(moduleVersion, contract);
    else this.#channel.stayPlain();
    const newer = this.#host.options.yieldsTo?.(moduleVersion) ?? compareVersions(version, moduleVersion) < 0;
    this.#stage = {
      step: 'authenticate',
      expected: relayProof(site.secret, nonces),
      successor: newer ? moduleVersion : undefined,
    };
    const hello = {
      moduleVersion: version,
      contract: common,
      processId: process.pid,
      nonce: nonces.engine,
      yields: newer && !this.#host.busyBeyond(1),
    };
    const signature = lock.identity.sign({ relay: nonce, hello });
    return { ...hello, proof: engineProof(site.secret, nonces), signature };
  }

  /** By an error that version 0.1 knows, and so with its next step. @throws SyncError ContractMismatch */
  #refuseUnsealed(version: string, contract: ContractRange): never {
    this.#fail(
      `a session of version ${version} does not encrypt, and this engine has more rights than others; update it`,
    );
    throw new SyncError('ContractMismatch', {
      ours: `${describeRange(contract)} without encryption`,
      theirs: `${describeRange(this.#host.options.contract ?? CONTRACT_RANGE)} and accepts only encrypted messages`,
    });
  }

  async #authenticate(given: unknown): Promise<object> {
    const params = await checked('authenticate.request', given, 'authenticate');
    if (this.#stage.step !== 'authenticate') return {};
    const { expected, successor } = this.#stage;
    if (!sameProof(expected, params.proof)) {
      this.#fail('wrong proof');
      throw new SyncError('HelloRefused', {
        pipe: this.#host.options.lock.address,
        site: this.#host.options.site.siteCode,
      });
    }
    this.#stage = { step: 'open' };
    // Only a peer that has proved itself can make the engine end.
    if (successor !== undefined) this.#host.yieldTo(`version ${successor}`);
    return {};
  }

  async #serve(method: string, given: unknown, token: CancellationToken): Promise<unknown> {
    if (!isEngineMethod(method)) throw new SyncError('UnknownMethod', { method });
    const { version, what } = neededVersion({ method, params: given as object });
    if (version > this.#contract)
      throw new SyncError('InvalidRequest', {
        method,
        reason:
          `The request ${method} is not valid: ${what} needs version ${version} of the contract, ` +
          `and this connection speaks ${this.#contract}`,
      });
    const params = (await checked(METHODS[method].requestSchema, given, method)) as RequestOf<EngineMethod>;
    const context = this.#contextOf(token);
    if (context.signal.aborted) throw new SyncError('Cancelled', { what: method });
    this.#host.options.verifyCurrent?.();
    const result = await this.#call(method, params, context);
    return checked(METHODS[method].resultSchema, result, method);
  }

  #call(method: EngineMethod, params: RequestOf<EngineMethod>, context: RequestContext): Promise<unknown> {
    const handler = this.#host.options.service[method] as (
      params: RequestOf<EngineMethod>,
      context: RequestContext,
    ) => Promise<unknown>;
    return handler(params, context);
  }

  #contextOf(token: CancellationToken): RequestContext {
    const closed = this.#closed.signal;
    return { signal: signalOf(token, [closed]), closed, notify: (_method, progress) => this.#progress.push(progress) };
  }

  #fail(reason: string): void {
    this.#host.options.log(`connection closed: ${reason}`);
    void this.#flush().finally(() => this.#socket.destroySoon());
  }

  /** Messages go out in their order: once this last one is written, the answers are too. */
  async #flush(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    if (!this.#socket.destroyed) await this.#rpc.sendNotification('$/closing').catch(() => undefined);
  }

  #dispose(): void {
    this.#closed.abort();
    this.#rpc.dispose();
  }
}

function isCancelled(caught: unknown): boolean {
  return caught instanceof SyncError && caught.errorId === 'Cancelled';
}
