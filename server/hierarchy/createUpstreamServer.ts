import { createServer, type Server } from 'node:http';
import { reasonOf, SyncError } from '../errors/SyncError.js';
import { CookieSigner } from './CookieSigner.js';
import { handleRequest } from './handleRequest.js';
import type { ServerContext } from './ServerContext.js';
import { DEFAULT_LIMITS, type UpstreamServerOptions } from './UpstreamServerOptions.js';

const KEY_BYTES = 32;
/** Longer than clients keep idle connections, so that they are the ones who close. */
const KEEP_ALIVE_MS = 65_000;

/** Where a server listens. */
export interface ListenAddress {
  readonly host: string;
  readonly port: number;
}

/** The MS-WSUSSS server role over HTTP. */
export interface UpstreamServer {
  /** Port 0 takes a free one. Throws PortInUse. */
  listen(port: number, host?: string): Promise<ListenAddress>;
  /** Undefined before `listen` and after `close`. */
  address(): ListenAddress | undefined;
  /** Ends at once, open connections included. */
  close(): Promise<void>;
}

/** Serves a catalogue to downstream servers. Listens on loopback unless another host is given. */
export function createUpstreamServer(options: UpstreamServerOptions): UpstreamServer {
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const context: ServerContext = { options, limits, signer: new CookieSigner(options.key ?? options.random(KEY_BYTES)) };
  const server = createServer({ headersTimeout: limits.headersTimeoutMs, requestTimeout: limits.requestTimeoutMs, keepAliveTimeout: KEEP_ALIVE_MS }, (request, response) => {
    handleRequest(request, response, context).catch((caught: unknown) => {
      options.log?.(`a request failed: ${reasonOf(caught)}`);
      response.destroy();
    });
  });
  return {
    listen: async (port, host = '127.0.0.1') => listen(server, { port, host }),
    address: () => addressOf(server),
    close: async () => close(server),
  };
}

async function listen(server: Server, wanted: ListenAddress): Promise<ListenAddress> {
  return new Promise((resolve, reject) => {
    const fail = (caught: Error): void => reject(new SyncError('PortInUse', { port: wanted.port, reason: reasonOf(caught) }, { cause: caught }));
    server.once('error', fail);
    server.listen(wanted.port, wanted.host, () => {
      server.removeListener('error', fail);
      resolve(addressOf(server) ?? wanted);
    });
  });
}

function addressOf(server: Server): ListenAddress | undefined {
  const address = server.address();
  return address === null || typeof address === 'string' ? undefined : { host: address.address, port: address.port };
}

async function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
