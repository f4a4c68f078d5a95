import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import {
  createMessageConnection,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-jsonrpc/node';
import { SyncError, toSyncError } from '../errors/SyncError.js';
import { withoutSecrets } from '../platform/secretVariables.js';
import type { EngineDeps } from '../rpc/EngineDeps.js';
import { fromResponseError } from '../rpc/errors.js';
import type { SiteFolder } from '../site/SiteFolder.js';
import type { FolderAccount } from '../site/folderUse.js';
import { isConnectionLost } from './handshake.js';
import type { StartedEngine } from './spawnEngine.js';

/** So much of what the relay says of its own end is kept. */
const TOLD = 2000;

/**
 * A relay in a process of its own, under the account that a site folder belongs to: root works in the folder of another
 * account through it, and opens nothing there to write.
 */
class AccountRelay {
  readonly #site: SiteFolder;
  readonly #child: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly #rpc: MessageConnection;
  #told = '';

  constructor(site: SiteFolder, account: FolderAccount, deps: EngineDeps) {
    this.#site = site;
    const words = ['stdio', '--parent', String(process.pid), '--account', accountWord(account)];
    this.#child = spawn(process.execPath, [deps.engineCommand[0] ?? '', ...words], {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: withoutSecrets(deps.env),
      cwd: '/',
    });
    this.#child.stderr.on('data', (text: Buffer) => (this.#told = `${this.#told}${text.toString()}`.slice(-TOLD)));
    this.#rpc = createMessageConnection(
      new StreamMessageReader(this.#child.stdout),
      new StreamMessageWriter(this.#child.stdin),
    );
    this.#child.on('error', (error) => {
      this.#told = error.message;
      this.#rpc.dispose();
    });
    // After all that it said: who waits for an answer is told why none comes.
    this.#child.once('close', () => this.#rpc.dispose());
    for (const stream of [this.#child.stdin, this.#child.stdout]) stream.on('error', () => undefined);
    this.#rpc.onError(() => undefined);
    this.#rpc.listen();
  }

  /** Asks about the site. @throws SyncError EngineStartFailed when the relay ends without an answer */
  async request<Result>(method: string, params: object): Promise<Result> {
    try {
      await this.#rpc.sendRequest('site/connect', { sitePath: this.#site.path });
      return await this.#rpc.sendRequest<Result>(method, params);
    } catch (caught) {
      if (!isConnectionLost(caught)) throw fromResponseError(caught, method);
      const reason = this.#told.trim().split('\n').at(-1) ?? '';
      throw new SyncError('EngineStartFailed', {
        site: this.#site.siteCode,
        reason: `the relay under its account ended${reason === '' ? '' : `: ${reason.replace(/\.\s*$/, '')}`}`,
      });
    }
  }

  /** Ends the relay at once, also while it asks: it would start another engine when the one that it asks ends. */
  kill(): void {
    this.#child.kill();
  }

  /** Ends the relay; the engine that it has started goes on. */
  close(): void {
    this.#child.stdin.end();
    this.#rpc.dispose();
    this.#child.unref();
  }
}

/** What is asked under an account. */
interface AccountRequest {
  readonly account: FolderAccount;
  readonly method: string;
  readonly params: object;
}

/** Asks once, through a relay of that account. @throws SyncError */
export async function askUnderAccount(site: SiteFolder, request: AccountRequest, deps: EngineDeps): Promise<unknown> {
  const relay = new AccountRelay(site, request.account, deps);
  try {
    return await relay.request(request.method, request.params);
  } finally {
    relay.close();
  }
}

/** The account as the verb `stdio` takes it. */
export function accountWord({ userId, groupId, isShared }: FolderAccount): string {
  return `${userId}:${groupId}${isShared ? ':shared' : ''}`;
}

/** Starts the engine of a site under the account of its folder: a relay there does it, as a session of it would. */
export function startUnderAccount(site: SiteFolder, account: FolderAccount, deps: EngineDeps): StartedEngine {
  const relay = new AccountRelay(site, account, deps);
  let hasStarted = false;
  let failure: SyncError | undefined;
  void relay
    .request('site/get', {})
    .then(
      () => (hasStarted = true),
      (caught: unknown) => (failure = toSyncError(caught, 'the start of the engine')),
    )
    .finally(() => relay.close());
  return {
    isAlive: () => {
      if (failure !== undefined) throw failure;
      return !hasStarted;
    },
    leave: () => relay.kill(),
  };
}
