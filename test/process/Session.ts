import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  createMessageConnection,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-jsonrpc/node';
import type { HelloResult } from '../../server/contract/generated/types.js';
import { CONTRACT_RANGE } from '../../server/contract/versions.js';
import type { EngineMethod, RequestOf, ResultOf } from '../../server/contract/methods.js';
import { packageVersion } from '../../server/platform/packageFolder.js';

/** A relay on stdio in a process of its own, as a PowerShell session has one. */
export class Session {
  readonly child: ChildProcessWithoutNullStreams;
  readonly #rpc: MessageConnection;

  constructor(program: string, env: NodeJS.ProcessEnv) {
    this.child = spawn(process.execPath, [program, 'stdio', '--parent', String(process.pid)], { env });
    this.child.stderr.resume();
    this.#rpc = createMessageConnection(
      new StreamMessageReader(this.child.stdout),
      new StreamMessageWriter(this.child.stdin),
    );
    this.#rpc.listen();
  }

  hello(): Promise<HelloResult> {
    return this.#rpc.sendRequest<HelloResult>('hello', {
      moduleVersion: packageVersion(),
      contract: CONTRACT_RANGE,
      processId: process.pid,
    });
  }

  request<M extends EngineMethod>(method: M, params: RequestOf<M>): Promise<ResultOf<M>> {
    return this.#rpc.sendRequest<ResultOf<M>>(method, params);
  }

  /** Closes stdin as a session that ends does. */
  async close(): Promise<void> {
    const ended = once(this.child, 'close');
    this.child.stdin.end();
    await ended;
  }

  kill(): void {
    this.child.kill('SIGKILL');
  }
}
