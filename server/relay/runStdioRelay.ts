import { PassThrough, type Readable, type Writable } from 'node:stream';
import { format } from 'node:util';
import {
  type CancellationToken,
  createMessageConnection,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-jsonrpc/node';
import type { HelloResult } from '../contract/generated/types.js';
import {
  describedMethod,
  isRelayMethod,
  type MethodName,
  METHODS,
  type RequestOf,
  RUN_PROGRESS,
} from '../contract/methods.js';
import { checked } from '../contract/checked.js';
import { commonVersion, CONTRACT_RANGE, describeRange } from '../contract/versions.js';
import { reasonOf, SyncError } from '../errors/SyncError.js';
import { toResponseError } from '../rpc/errors.js';
import { ProgressSender, signalOf } from '../rpc/requests.js';
import type { RelayBackend } from './RelayBackend.js';
import { answerOwn } from './ownMethods.js';
import { forwardRequest } from './forwardRequest.js';

/** Sends whatever a package prints to stderr: stdout belongs to the protocol. */
export function redirectConsole(write: (text: string) => void): void {
  const print = (...values: unknown[]): void => write(`${format(...values)}\n`);
  Object.assign(globalThis.console, {
    log: print,
    info: print,
    debug: print,
    warn: print,
    error: print,
    trace: print,
    dir: print,
  });
}

/** Ends the process of a stdio host whose stream cannot be read any more. */
const BROKEN_STREAM_EXIT_CODE = 70;

/** The ends of a relay on stdio. */
interface StdioRelayOptions {
  readonly input: Readable;
  readonly output: Writable;
  readonly log: (line: string) => void;
  readonly version: string;
  readonly backend: RelayBackend;
  /** Calls back when the parent process is gone; the result ends the watch. */
  readonly watchParent: (onGone: (reason: string) => void) => () => void;
}

/** Speaks JSON-RPC with the PowerShell module until it closes stdin; resolves with the exit code. */
export function runStdioRelay(options: StdioRelayOptions): Promise<number> {
  return new StdioRelay(options).run();
}

class StdioRelay {
  readonly #options: StdioRelayOptions;
  readonly #rpc: MessageConnection;
  readonly #source = new PassThrough();
  readonly #inWork = new Set<Promise<unknown>>();
  readonly #ended = new AbortController();
  #finish: (exitCode: number) => void = () => undefined;
  #first = true;

  constructor(options: StdioRelayOptions) {
    this.#options = options;
    this.#rpc = createMessageConnection(new StreamMessageReader(this.#source), new StreamMessageWriter(options.output));
  }

  run(): Promise<number> {
    const options = this.#options;
    const stopWatch = options.watchParent((reason) => this.#end(0, reason));
    const sender = new ProgressSender((progress) => this.#rpc.sendNotification(RUN_PROGRESS, progress));
    options.backend.onProgress((progress) => sender.push(progress));
    this.#rpc.onError(([error]) => this.#end(BROKEN_STREAM_EXIT_CODE, `stdin is broken: ${reasonOf(error)}`));
    this.#rpc.onRequest((method, params, token) => this.#answer(method, params ?? {}, token));
    this.#rpc.listen();
    this.#readInput();
    options.output.on('error', (error) => this.#end(0, `stdout is closed (${reasonOf(error)})`));
    return new Promise<number>((resolve) => (this.#finish = resolve)).finally(stopWatch);
  }

  /** The end of stdin does not reach the connection: answers in work must still go out. */
  #readInput(): void {
    const { input } = this.#options;
    input.on('data', (chunk: Buffer) => this.#read(chunk));
    input.on('error', (error) => this.#end(BROKEN_STREAM_EXIT_CODE, `stdin cannot be read: ${reasonOf(error)}`));
    input.on('end', () => void this.#drain());
  }

  #read(bytes: Buffer): void {
    const chunk = this.#first ? withoutMark(bytes) : bytes;
    if (chunk.length === 0) return;
    const start = chunk[0];
    if (this.#first && start !== undefined && !/[Cc]/.test(String.fromCharCode(start))) {
      this.#end(
        BROKEN_STREAM_EXIT_CODE,
        `stdin is broken: it begins ` +
          `with ${start === 0xff || start === 0xfe ? 'a byte order mark' : `the byte ${start}`} ` +
          `instead of a Content-Length header`,
      );
      return;
    }
    this.#first = false;
    this.#source.write(chunk);
  }

  async #drain(): Promise<void> {
    // What was sent last is still on its way through the framing.
    for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    this.#ended.abort();
    await Promise.allSettled(this.#inWork);
    await new Promise((resolve) => setImmediate(resolve));
    await this.#rpc.sendNotification('$/closing').catch(() => undefined);
    this.#end(0, 'stdin was closed');
  }

  #end(exitCode: number, reason: string): void {
    this.#options.log(`configmgrsync ends: ${reason}`);
    this.#finish(exitCode);
  }

  async #answer(method: string, params: object, token: CancellationToken): Promise<unknown> {
    // Nobody reads the end of a wait once stdin is closed.
    const work = this.#dispatch(
      method,
      params,
      signalOf(token, describedMethod(method)?.isWait === true ? [this.#ended.signal] : []),
    );
    this.#inWork.add(work);
    try {
      return await work;
    } catch (caught) {
      throw toResponseError(caught, method);
    } finally {
      this.#inWork.delete(work);
    }
  }

  async #dispatch(method: string, params: object, signal: AbortSignal): Promise<unknown> {
    const { backend } = this.#options;
    if (method === 'hello') return this.#hello(await checked(METHODS.hello.requestSchema, params, method));
    if (isRelayMethod(method)) return answerOwn(method, backend, { params: await requestOf(method, params), signal });
    return forwardRequest(await backend.client(), { method, params }, { signal });
  }

  #hello({ contract }: RequestOf<'hello'>): HelloResult {
    const common = commonVersion(CONTRACT_RANGE, contract);
    if (common === undefined)
      throw new SyncError('ContractMismatch', { ours: describeRange(contract), theirs: describeRange(CONTRACT_RANGE) });
    return { moduleVersion: this.#options.version, contract: common, processId: process.pid };
  }
}

/**
 * Where the system takes UTF-8 for everything, .NET Framework puts a mark before the first byte that a session sends.
 */
function withoutMark(bytes: Buffer): Buffer {
  return bytes.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf])) ? bytes.subarray(3) : bytes;
}

async function requestOf<M extends MethodName>(method: M, params: object): Promise<RequestOf<M>> {
  return (await checked(METHODS[method].requestSchema, params, method)) as RequestOf<M>;
}
