import type { IncomingMessage, ServerResponse } from 'node:http';
import type { PortConnection } from './PortConnection.js';
import type { RequestWork } from './RequestWork.js';
import type { KeyedCertificate } from './TlsDoor.js';

/** Where a server listens. */
export interface ListenAddress {
  readonly host: string;
  readonly port: number;
}

/** Answers one HTTP request; fulfilled when the answer is handed over. `work` is what it may use of the engine. */
export type RequestHandler = (request: IncomingMessage, response: ServerResponse, work: RequestWork) => Promise<void>;

/** What a listener is opened with. Port 0 takes a free one. */
interface ListenOptions {
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

/** What the port of a site gives to strangers. */
export interface PortLimits {
  /** Connections, and how many of them are kept for nodes of the site. */
  readonly connections: number;
  readonly keptConnections: number;
  /** Bytes of requests and answers in memory, beyond what each request has for itself. */
  readonly bytes: number;
  readonly ownBytes: number;
  /** What one address may have of connections and bytes: from above 0 to 1. A proxy is one address. */
  readonly addressShare: number;
  /** How long a request waits for room before it is answered with 503. */
  readonly waitMs: number;
  /** Whoever keeps us waiting for so long is cut off when others need the room. */
  readonly stalledMs: number;
  /** Longest wait for the first byte, and for the end of a TLS handshake. */
  readonly greetingMs: number;
}

export const PORT_LIMITS: PortLimits = {
  connections: 5000,
  keptConnections: 1000,
  bytes: 64 * 1024 * 1024,
  ownBytes: 32 * 1024,
  addressShare: 0.25,
  waitMs: 5000,
  stalledMs: 10_000,
  greetingMs: 10_000,
};

/** Takes a line about a request: the address that it came from, and whether the fault is ours. */
export type ServerLog = (line: string, about: { readonly peer: string; readonly isOurs: boolean }) => void;

/** What the port of a site is made of; requests inside TLS and plain ones go to the one handler. */
export interface PortOptions extends ListenOptions {
  /** Without one there is no TLS. */
  readonly certificate?: KeyedCertificate;
  /** Plain HTTP is answered on loopback; beyond it only with this. */
  readonly allowsHttp: boolean;
  /** Takes over the connection of an upgrade request. */
  readonly onUpgrade?: (request: IncomingMessage, connection: PortConnection, head: Buffer) => void;
  /** Told why a connection that brought nothing useful was closed. */
  readonly onRefused?: (peer: string, reason: string) => void;
  /** Whether a node of the site has come from an address before (see addressKey). */
  readonly isKnown?: (key: string) => boolean;
}
