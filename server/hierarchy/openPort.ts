import {
  createServer as createHttpServer,
  type IncomingMessage,
  type RequestListener,
  type Server as HttpServer,
  type ServerOptions,
} from 'node:http';
import { createServer as createHttpsServer, type Server as HttpsServer } from 'node:https';
import { createServer as createNetServer, type Server, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { TLSSocket } from 'node:tls';
import { reasonOf } from '../errors/SyncError.js';
import type { KeyedCertificate } from './certificates/KeyedCertificate.js';
import { listenOn } from './listenOn.js';
import { KEEP_ALIVE_MS, type Listener, type ListenOptions } from './openListener.js';
import { RequestsInWork } from './RequestsInWork.js';

/** What the port of a site is made of; requests inside TLS and plain ones go to the one handler. */
export interface PortOptions extends ListenOptions {
  readonly certificate: KeyedCertificate;
  /** Plain HTTP is answered on loopback; beyond it only with this. */
  readonly allowsHttp: boolean;
  /** Takes over the connection of an upgrade request; only those inside TLS come here. */
  readonly onUpgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
  /** Told why a connection that brought nothing useful was closed. */
  readonly onRefused: (peer: string, reason: string) => void;
  /** Longest wait for the first byte, and for the end of a TLS handshake; 10 seconds if not given. */
  readonly greetingMs?: number;
}

/** An open port. */
export interface OpenPort extends Listener {
  /** Shows another certificate to whoever connects from now on. */
  renew(certificate: KeyedCertificate): void;
}

const GREETING_MS = 10_000;
const MOST_CONNECTIONS = 5000;

/** A TLS record of a handshake begins so; no HTTP method does. */
const tlsHandshake = 0x16;

const tlsOnly =
  'HTTP/1.1 403 Forbidden\r\nContent-Type: text/plain\r\nContent-Length: 28\r\nConnection: close\r\n\r\nThis port ' +
  'takes https only.\n';

/**
 * Opens the one port of a site: the first byte tells TLS from plain HTTP, and both go to the same handler. @throws
 * SyncError PortInUse
 */
export async function openPort(options: PortOptions): Promise<OpenPort> {
  const requests = new RequestsInWork();
  const inner = new InnerServers(options, requests.listener(options));
  const outer = createNetServer((socket) => greet(socket, inner, options));
  outer.maxConnections = MOST_CONNECTIONS;
  const address = await listenOn(outer, options.address);
  return {
    address,
    renew: (certificate) => inner.secure.setSecureContext(tlsOptions(certificate)),
    close: async () => {
      const closed = new Promise<void>((resolve) => outer.close(() => resolve()));
      await requests.finish();
      inner.close();
      await closed;
    },
  };
}

/** The HTTP servers of both kinds; they do not listen, connections are handed to them. */
class InnerServers {
  readonly plain: HttpServer;
  readonly secure: HttpsServer;
  readonly sockets = new Set<Socket>();
  readonly #greeted = new WeakSet<Duplex>();

  constructor(options: PortOptions, listener: RequestListener) {
    const { headersTimeoutMs: headersTimeout, requestTimeoutMs: requestTimeout } = options;
    const http: ServerOptions = {
      headersTimeout,
      requestTimeout,
      keepAliveTimeout: KEEP_ALIVE_MS,
      connectionsCheckingInterval: Math.min(headersTimeout, 10_000),
    };
    this.plain = createHttpServer(http, listener);
    this.secure = createHttpsServer(
      { ...http, ...tlsOptions(options.certificate), handshakeTimeout: options.greetingMs ?? GREETING_MS },
      listener,
    );
    this.secure.on('upgrade', options.onUpgrade);
    this.secure.on('secureConnection', (socket) => this.#greeted.add(socket));
    for (const server of [this.plain, this.secure]) {
      server.on('clientError', (error, socket) => this.#refuse(options, error, socket));
      // Node.js begins to watch for slow clients when a server listens, which these never do.
      server.emit('listening');
    }
  }

  close(): void {
    for (const socket of this.sockets) socket.destroy();
    for (const server of [this.plain, this.secure]) server.close();
  }

  #refuse(options: PortOptions, error: Error, socket: Duplex): void {
    // Inside TLS nothing can be said before the handshake is done.
    const isHandshake = socket instanceof TLSSocket && !this.#greeted.has(socket);
    options.onRefused(peerOf(socket), `${isHandshake ? 'no TLS connection' : 'no HTTP request'}: ${reasonOf(error)}`);
    if (socket.writable && !isHandshake)
      socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n', () => socket.destroy());
    else socket.destroy();
  }
}

function greet(socket: Socket, inner: InnerServers, options: PortOptions): void {
  const peer = peerOf(socket);
  inner.sockets.add(socket);
  socket.once('close', () => inner.sockets.delete(socket));
  // A reset while nobody else listens; the servers have listeners of their own.
  socket.on('error', () => socket.destroy());
  socket.setTimeout(options.greetingMs ?? GREETING_MS, () => socket.destroy());
  socket.once('data', (first) => {
    socket.setTimeout(0);
    socket.removeAllListeners('timeout');
    const isTls = first[0] === tlsHandshake;
    if (!isTls && !options.allowsHttp && !isLoopback(socket.localAddress)) {
      options.onRefused(peer, 'plain HTTP beyond this machine is not allowed');
      socket.end(tlsOnly);
      return;
    }
    hand(socket, first, isTls ? inner.secure : inner.plain);
  });
}

/** Gives the connection away as if nothing had been read of it. */
function hand(socket: Socket, first: Buffer, server: Server): void {
  socket.pause();
  socket.unshift(first);
  server.emit('connection', socket);
  process.nextTick(() => socket.resume());
}

function isLoopback(address: string | undefined): boolean {
  return address !== undefined && (address === '::1' || address.replace(/^::ffff:/, '').startsWith('127.'));
}

function peerOf(socket: Duplex & { readonly remoteAddress?: string | undefined }): string {
  return socket.remoteAddress ?? 'an unknown address';
}

function tlsOptions({ certificate, key }: KeyedCertificate): { cert: string; key: string; minVersion: 'TLSv1.2' } {
  return { cert: certificate, key, minVersion: 'TLSv1.2' };
}
