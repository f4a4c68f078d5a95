import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { reasonOf, SyncError } from '../../errors/SyncError.js';
import type { ByteBudget, Lease } from './ByteBudget.js';
import type { RequestHandler, ServerLog } from './PortOptions.js';
import { sharedWork } from './RequestWork.js';
import type { WorkTurns } from './WorkTurns.js';

/** How long answers in work may take once the port is closed. */
const FINISH_MS = 5000;

/** What a client that found no room is told to wait before it asks again. */
const RETRY_AFTER_SECONDS = 10;

/** What requests are answered with. */
interface RequestParts {
  readonly handler: RequestHandler;
  readonly turns: WorkTurns;
  readonly budget: ByteBudget;
  readonly ownBytes: number;
  /** How long a peer may take nothing of an answer. */
  readonly silenceMs: number;
  /** Takes a line for each request that failed without an answer. */
  readonly log?: ServerLog | undefined;
}

/** The requests that a port is answering. */
export class RequestsInWork {
  readonly #parts: RequestParts;
  readonly #inWork = new Set<Promise<void>>();
  readonly #closing = new AbortController();

  constructor(parts: RequestParts) {
    this.#parts = parts;
  }

  /** Answers a request; `holder` is who asks. Fulfilled when the answer is out, or nobody waits for it any more. */
  async answer(request: IncomingMessage, response: ServerResponse, holder: Lease['holder']): Promise<void> {
    const { silenceMs, budget } = this.#parts;
    response.setTimeout(silenceMs, () => response.destroy());
    const lease = budget.lease(holder);
    const out = new Promise<void>((resolve) => void response.once('close', resolve));
    response.once('close', () => budget.release(lease));
    const work = this.#handle(request, response, lease).then(async () => out);
    this.#inWork.add(work);
    await work;
    this.#inWork.delete(work);
  }

  /** Waits until all are answered, at most a few seconds. */
  async finish(): Promise<void> {
    this.#closing.abort();
    const late = new AbortController();
    await Promise.race([
      Promise.all(this.#inWork),
      delay(FINISH_MS, undefined, { signal: late.signal }).catch(() => undefined),
    ]);
    late.abort();
  }

  async #handle(request: IncomingMessage, response: ServerResponse, lease: Lease): Promise<void> {
    const { handler, turns, budget, ownBytes } = this.#parts;
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    try {
      await handler(
        request,
        response,
        sharedWork({ turns, budget, lease, ownBytes, signal: gone.signal, closing: this.#closing.signal }),
      );
    } catch (caught) {
      this.#failed(caught, response, request.socket.remoteAddress ?? '');
    }
  }

  #failed(caught: unknown, response: ServerResponse, peer: string): void {
    // Whoever left while he was answered is not a failure.
    if (response.destroyed) return;
    const isBusy = caught instanceof SyncError && caught.errorId === 'PortBusy';
    this.#parts.log?.(isBusy ? caught.message : `a request failed: ${reasonOf(caught)}`, { peer, isOurs: !isBusy });
    if (!isBusy || response.headersSent) response.destroy();
    else
      response
        .writeHead(503, { 'content-length': 0, connection: 'close', 'retry-after': String(RETRY_AFTER_SECONDS) })
        .end();
  }
}
