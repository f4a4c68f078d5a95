import type { IncomingMessage, ServerResponse } from 'node:http';
import type { PortLimits } from './port/PortLimits.js';
import type { RequestWork } from './port/RequestWork.js';
import type { ServerLog } from './UpstreamServerOptions.js';

/** Where a server listens. */
export interface ListenAddress {
  readonly host: string;
  readonly port: number;
}

/** Answers one HTTP request; fulfilled when the answer is handed over. `work` is what it may use of the engine. */
export type RequestHandler = (request: IncomingMessage, response: ServerResponse, work: RequestWork) => Promise<void>;

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
  readonly portLimits?: Partial<PortLimits> | undefined;
}

/** An open port. */
export interface Listener {
  readonly address: ListenAddress;
  /** Takes no new connection, lets answers in work finish for a few seconds, then ends every connection. */
  close(): Promise<void>;
}
