import type { RequestListener } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { reasonOf } from '../errors/SyncError.js';
import type { ListenOptions } from './openListener.js';

/** How long answers in work may take once the port is closed. */
const FINISH_MS = 5000;

/** The requests that a port is answering. */
export class RequestsInWork {
  readonly #inWork = new Set<Promise<void>>();

  /** The handler as HTTP servers take it; `log` gets a line for each request that failed without an answer. */
  listener({ handler, silenceMs, log }: Pick<ListenOptions, 'handler' | 'silenceMs' | 'log'>): RequestListener {
    return (request, response) => {
      response.setTimeout(silenceMs, () => response.destroy());
      const work = handler(request, response).catch((caught: unknown) => {
        log?.(`a request failed: ${reasonOf(caught)}`, { peer: request.socket.remoteAddress ?? '', isOurs: true });
        response.destroy();
      });
      this.#inWork.add(work);
      void work.finally(() => this.#inWork.delete(work));
    };
  }

  /** Waits until all are answered, at most a few seconds. */
  async finish(): Promise<void> {
    const late = new AbortController();
    await Promise.race([
      Promise.all(this.#inWork),
      delay(FINISH_MS, undefined, { signal: late.signal }).catch(() => undefined),
    ]);
    late.abort();
  }
}
