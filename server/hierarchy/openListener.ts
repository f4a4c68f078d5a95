import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { reasonOf, SyncError } from '../errors/SyncError.js';

/** Longer than clients keep idle connections, so that they are the ones who close. */
const KEEP_ALIVE_MS = 65_000;

/** How long answers in work may take once the listener is closed. */
const FINISH_MS = 5000;

/** Where a server listens. */
export interface ListenAddress {
  readonly host: string;
  readonly port: number;
}

/** Answers one HTTP request; fulfilled when the answer is handed over. */
export type RequestHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** What a listener is opened with. Port 0 takes a free one. */
export interface ListenOptions {
  readonly address: ListenAddress;
  readonly handler: RequestHandler;
  readonly headersTimeoutMs: number;
  readonly requestTimeoutMs: number;
  /** How long a peer may take nothing of an answer. */
  readonly silenceMs: number;
  /** Takes a line for each request that failed without an answer. */
  readonly log?: ((line: string) => void) | undefined;
}

/** An open port. */
export interface Listener {
  readonly address: ListenAddress;
  /** Takes no new connection, lets answers in work finish for a few seconds, then ends every connection. */
  close(): Promise<void>;
}

/**
 * Listens with HTTP and hands every request to the handler.
 * @throws SyncError PortInUse
 */
export async function openListener(options: ListenOptions): Promise<Listener> {
  const inWork = new Set<Promise<void>>();
  const server = createServer({ headersTimeout: options.headersTimeoutMs, requestTimeout: options.requestTimeoutMs, keepAliveTimeout: KEEP_ALIVE_MS }, (request, response) => {
    response.setTimeout(options.silenceMs, () => response.destroy());
    const work = options.handler(request, response).catch((caught: unknown) => {
      options.log?.(`a request failed: ${reasonOf(caught)}`);
      response.destroy();
    });
    inWork.add(work);
    void work.finally(() => inWork.delete(work));
  });
  const address = await listen(server, options.address);
  return { address, close: async () => close(server, inWork) };
}

async function listen(server: Server, wanted: ListenAddress): Promise<ListenAddress> {
  return new Promise((resolve, reject) => {
    const fail = (caught: Error): void => reject(new SyncError('PortInUse', { port: wanted.port, reason: reasonOf(caught) }, { cause: caught }));
    server.once('error', fail);
    server.listen(wanted.port, wanted.host, () => {
      server.removeListener('error', fail);
      const bound = server.address();
      resolve(bound === null || typeof bound === 'string' ? wanted : { host: bound.address, port: bound.port });
    });
  });
}

async function close(server: Server, inWork: ReadonlySet<Promise<void>>): Promise<void> {
  const closed = new Promise<void>((resolve) => void server.close(() => resolve()));
  server.closeIdleConnections();
  const late = new AbortController();
  await Promise.race([Promise.all(inWork), delay(FINISH_MS, undefined, { signal: late.signal }).catch(() => undefined)]);
  late.abort();
  server.closeAllConnections();
  await closed;
}
