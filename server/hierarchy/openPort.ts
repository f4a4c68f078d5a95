import { createServer as createHttpServer, type IncomingMessage, type RequestListener, type Server as HttpServer, type ServerOptions } from 'node:http';
import { createServer as createHttpsServer, type Server as HttpsServer } from 'node:https';
import { createServer as createNetServer, type Server, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { TLSSocket } from 'node:tls';
import { reasonOf, SyncError } from '../errors/SyncError.js';
import type { KeyedCertificate } from './certificates/KeyedCertificate.js';
import type { ListenAddress } from './openListener.js';

/** What the port of a site is made of. */
export interface PortOptions extends ListenAddress {
  readonly certificate: KeyedCertificate;
  /** Plain HTTP is answered on loopback; beyond it only with this. */
  readonly allowsHttp: boolean;
  /** Answers requests of both kinds. */
  readonly onRequest: RequestListener;
  /** Takes over the connection of an upgrade request; only those inside TLS come here. */
  readonly onUpgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
  /** Told why a connection that brought nothing useful was closed. */
  readonly onRefused: (peer: string, reason: string) => void;
  readonly limits?: Partial<PortLimits>;
}

/** Limits against peers that keep connections without using them. */
export interface PortLimits {
  /** Longest wait for the first byte, and for the end of a TLS handshake. */
  readonly greetingMs: number;
  readonly headersMs: number;
  readonly requestMs: number;
  readonly keepAliveMs: number;
  readonly connections: number;
}

const defaultLimits: PortLimits = { greetingMs: 10_000, headersMs: 20_000, requestMs: 60_000, keepAliveMs: 65_000, connections: 5000 };

/** An open port. */
export interface OpenPort {
  readonly address: ListenAddress;
  /** Shows another certificate to whoever connects from now on. */
  renew(certificate: KeyedCertificate): void;
  /** Ends at once, open connections included. */
  close(): Promise<void>;
}

/** A TLS record of a handshake begins so; no HTTP method does. */
const tlsHandshake = 0x16;

const tlsOnly = 'HTTP/1.1 403 Forbidden\r\nContent-Type: text/plain\r\nContent-Length: 28\r\nConnection: close\r\n\r\nThis port takes https only.\n';

/** Opens the one port of a site: the first byte tells TLS from plain HTTP, and both go to the same handler. @throws SyncError PortInUse */
export async function openPort(options: PortOptions): Promise<OpenPort> {
  const limits = { ...defaultLimits, ...options.limits };
  const inner = new InnerServers(options, limits);
  const outer = createNetServer((socket) => greet(socket, { inner, options, limits }));
  outer.maxConnections = limits.connections;
  const address = await listen(outer, options);
  return {
    address,
    renew: (certificate) => inner.secure.setSecureContext(tlsOptions(certificate)),
    close: async () => {
      const closed = new Promise<void>((resolve) => outer.close(() => resolve()));
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

  constructor(options: PortOptions, limits: PortLimits) {
    const http: ServerOptions = { headersTimeout: limits.headersMs, requestTimeout: limits.requestMs, keepAliveTimeout: limits.keepAliveMs, connectionsCheckingInterval: Math.min(limits.headersMs, 10_000) };
    this.plain = createHttpServer(http, options.onRequest);
    this.secure = createHttpsServer({ ...http, ...tlsOptions(options.certificate), handshakeTimeout: limits.greetingMs }, options.onRequest);
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
    if (socket.writable && !isHandshake) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n', () => socket.destroy());
    else socket.destroy();
  }
}

interface Greeting {
  readonly inner: InnerServers;
  readonly options: PortOptions;
  readonly limits: PortLimits;
}

function greet(socket: Socket, { inner, options, limits }: Greeting): void {
  const peer = peerOf(socket);
  inner.sockets.add(socket);
  socket.once('close', () => inner.sockets.delete(socket));
  // A reset while nobody else listens; the servers have listeners of their own.
  socket.on('error', () => socket.destroy());
  socket.setTimeout(limits.greetingMs, () => socket.destroy());
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

async function listen(server: Server, wanted: ListenAddress): Promise<ListenAddress> {
  return new Promise((resolve, reject) => {
    const fail = (caught: Error): void => reject(new SyncError('PortInUse', { port: wanted.port, reason: reasonOf(caught) }, { cause: caught }));
    server.once('error', fail);
    server.listen(wanted.port, wanted.host, () => {
      server.removeListener('error', fail);
      const address = server.address();
      resolve(address === null || typeof address === 'string' ? wanted : { host: address.address, port: address.port });
    });
  });
}
