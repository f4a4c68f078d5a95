import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import {
  createMessageConnection,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-jsonrpc/node';
import type { HelloResult } from '../../server/contract/generated/types.js';
import type { MethodName, RequestOf, ResultOf } from '../../server/contract/methods.js';
import { CONTRACT_RANGE } from '../../server/contract/versions.js';
import { packageVersion } from '../../server/platform/packageFolder.js';
import type { VerbEnd } from '../cli/runVerb.js';

/** The words of the command line that make a process a relay. */
export const SESSION_WORDS: readonly string[] = ['stdio', '--parent', String(process.pid)];

/** What a request that was refused says. */
interface Refusal {
  readonly errorId: string;
  readonly message: string;
  readonly nextStep: string;
}

/** A relay on stdio in a process of its own, as a PowerShell session has one. */
export class Session {
  /** Of the account that it runs under, where a test has several. */
  readonly name: string;
  readonly #child: ChildProcess;
  readonly #rpc: MessageConnection;

  constructor(child: ChildProcess, name = '') {
    this.name = name;
    this.#child = child;
    child.stderr!.resume();
    this.#rpc = createMessageConnection(new StreamMessageReader(child.stdout!), new StreamMessageWriter(child.stdin!));
    this.#rpc.listen();
  }

  hello(): Promise<HelloResult> {
    return this.request('hello', {
      moduleVersion: packageVersion(),
      contract: CONTRACT_RANGE,
      processId: process.pid,
    });
  }

  request<M extends MethodName>(method: M, params: RequestOf<M>): Promise<ResultOf<M>> {
    return this.#rpc.sendRequest<ResultOf<M>>(method, params);
  }

  /** What a request comes to: 'done', or the id of its error. */
  async outcome(method: MethodName, params: object): Promise<string> {
    return (await this.#refused(method, params))?.errorId ?? 'done';
  }

  /** What a request that must not be done is refused with. */
  async refusal(method: MethodName, params: object): Promise<Refusal> {
    const refusal = await this.#refused(method, params);
    if (refusal === undefined) throw new TypeError(`${method} of the ${this.name} was done.`);
    return refusal;
  }

  /** Closes stdin as a session that ends does. */
  async close(): Promise<void> {
    if (this.#child.exitCode !== null) return;
    const ended = once(this.#child, 'close');
    this.#child.stdin!.end();
    await ended;
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }

  #refused(method: MethodName, params: object): Promise<Refusal | undefined> {
    return this.#rpc.sendRequest(method, params).then(
      () => undefined,
      (caught: unknown) => refusalOf(caught),
    );
  }
}

/** What a verb in a process of its own wrote, and how it ended. */
export async function endOfVerb(child: ChildProcess): Promise<VerbEnd> {
  const [out, err, [code]] = await Promise.all([
    text(child.stdout!),
    text(child.stderr!),
    once(child, 'close') as Promise<[number]>,
  ]);
  return { code, out, err };
}

function refusalOf(caught: unknown): Refusal {
  const { data, message } = caught as { data?: Partial<Refusal>; message: string };
  return { errorId: data?.errorId ?? message, message, nextStep: data?.nextStep ?? '' };
}
