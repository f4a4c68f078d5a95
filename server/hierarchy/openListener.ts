import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { listenOn } from './listenOn.js';
import { RequestsInWork } from './RequestsInWork.js';
import type { ServerLog } from './UpstreamServerOptions.js';

/** Longer than clients keep idle connections, so that they are the ones who close. */
export const KEEP_ALIVE_MS = 65_000;

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
  readonly log?: ServerLog | undefined;
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
  const requests = new RequestsInWork();
  const server = createServer(
    {
      headersTimeout: options.headersTimeoutMs,
      requestTimeout: options.requestTimeoutMs,
      keepAliveTimeout: KEEP_ALIVE_MS,
    },
    requests.listener(options),
  );
  const address = await listenOn(server, options.address);
  return { address, close: async () => close(server, requests) };
}

async function close(server: Server, requests: RequestsInWork): Promise<void> {
  const closed = new Promise<void>((resolve) => void server.close(() => resolve()));
  server.closeIdleConnections();
  await requests.finish();
  server.closeAllConnections();
  await closed;
}
