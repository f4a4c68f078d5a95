import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createMessageConnection, type MessageConnection } from 'vscode-jsonrpc/node';
import { StreamMessageReader, StreamMessageWriter } from 'vscode-jsonrpc/node';
import { BenchFailure } from './BenchFailure.js';
import type { Product } from './Product.js';

/** How a run ended, as far as the bench looks at it. */
export interface FinishedRun {
  readonly State: string;
  readonly ErrorMessage: string | null;
  readonly SyncCatalogVersion: number;
  readonly Counts: { readonly New: number; readonly DocumentsFetched: number };
}

/** A session as the PowerShell module has one: the verb `stdio` of a product, which starts the engine it needs. */
export class ProductSession {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #rpc: MessageConnection;

  private constructor(child: ChildProcessWithoutNullStreams) {
    this.#child = child;
    this.#rpc = createMessageConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
    child.stderr.resume();
    this.#rpc.listen();
  }

  /** Begins one. Whatever version of the contract the product speaks will do. */
  static async open(product: Product, env: NodeJS.ProcessEnv): Promise<ProductSession> {
    const session = new ProductSession(spawn(process.execPath, [product.main, 'stdio'], { env, windowsHide: true }));
    const contract = { minimum: 0, maximum: 1000 };
    await session.request('hello', { moduleVersion: product.version, contract, processId: process.pid });
    return session;
  }

  /** Asks. @throws BenchFailure with the answer's error */
  async request<Result>(method: string, params: object = {}): Promise<Result> {
    try {
      return await this.#rpc.sendRequest<Result>(method, params);
    } catch (error) {
      throw new BenchFailure(`${method}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  /** Asks for a change. */
  async change<Result>(method: string, params: object = {}): Promise<Result> {
    return this.request<Result>(method, { requestId: randomUUID(), ...params });
  }

  /** One whole synchronization. @throws BenchFailure when it does not succeed */
  async synchronize(): Promise<FinishedRun> {
    const { run } = await this.change<{ run: { Id: number } }>('sync/start');
    return this.finished(run.Id);
  }

  /** Waits for a run. @throws BenchFailure when it does not succeed */
  async finished(id: number): Promise<FinishedRun> {
    const { run } = await this.request<{ run: FinishedRun }>('run/wait', { id });
    if (run.State !== 'Succeeded')
      throw new BenchFailure(`the run ended ${run.State}: ${run.ErrorMessage ?? 'it says not why'}`);
    return run;
  }

  /** Ends the session; the engine goes on. */
  async close(): Promise<void> {
    const { exitCode, signalCode } = this.#child;
    const ended = exitCode === null && signalCode === null ? once(this.#child, 'exit') : Promise.resolve();
    this.#child.stdin.end();
    await ended;
    this.#rpc.dispose();
  }
}
