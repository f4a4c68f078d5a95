import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  createMessageConnection,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-jsonrpc/node';
import type { MethodName, RequestOf, ResultOf } from '../../../server/contract/methods.js';
import { type Account, startAs } from './accounts.js';

/** What a request that was refused says. */
export interface Refusal {
  readonly errorId: string;
  readonly message: string;
  readonly nextStep: string;
}

/** A relay on stdio that runs as an account, as a PowerShell session of it has one. */
export class AccountSession {
  readonly account: Account;
  readonly #child: ChildProcess;
  readonly #rpc: MessageConnection;

  constructor(account: Account, env: NodeJS.ProcessEnv) {
    this.account = account;
    this.#child = startAs(account, ['stdio', '--parent', String(process.pid)], env);
    this.#child.stderr!.resume();
    this.#rpc = createMessageConnection(
      new StreamMessageReader(this.#child.stdout!),
      new StreamMessageWriter(this.#child.stdin!),
    );
    this.#rpc.listen();
  }

  async request<M extends MethodName>(method: M, params: RequestOf<M>): Promise<ResultOf<M>> {
    return this.#rpc.sendRequest<ResultOf<M>>(method, params);
  }

  /** What a request comes to: 'done', or the id of its error. */
  async outcome(method: MethodName, params: object): Promise<string> {
    return this.#rpc.sendRequest(method, params).then(
      () => 'done',
      (caught: unknown) => refusalOf(caught).errorId,
    );
  }

  /** What a request that must not be done is refused with. */
  async refusal(method: MethodName, params: object): Promise<Refusal> {
    const answer = await this.#rpc.sendRequest(method, params).then(
      () => undefined,
      (caught: unknown) => refusalOf(caught),
    );
    if (answer === undefined) throw new TypeError(`${method} of the ${this.account.name} was done.`);
    return answer;
  }

  /** Closes stdin as a session that ends does. */
  async close(): Promise<void> {
    if (this.#child.exitCode !== null) return;
    const ended = once(this.#child, 'close');
    this.#child.stdin!.end();
    await ended;
  }
}

function refusalOf(caught: unknown): Refusal {
  const { data, message } = caught as { data?: Partial<Refusal>; message: string };
  return { errorId: data?.errorId ?? message, message, nextStep: data?.nextStep ?? '' };
}
