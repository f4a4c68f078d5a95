import { createServer, type Server } from 'node:http';
import { createServer as createTcpServer, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { reasonOf } from '../../errors/SyncError.js';
import { systemClock } from '../../platform/Clock.js';
import { addressKey } from '../../platform/addressKey.js';
import { isLoopbackAddress } from '../../platform/loopback.js';
import { ByteBudget, type Holder } from './ByteBudget.js';
import { Places, type Visitor } from './Places.js';
import { PacedSocket } from './PacedSocket.js';
import { PortConnection, type Transport } from './PortConnection.js';
import { type Listener, PORT_LIMITS, type PortLimits, type PortOptions } from './PortOptions.js';
import { RequestsInWork } from './RequestsInWork.js';
import { type KeyedCertificate, TlsDoor } from './TlsDoor.js';
import { type WorkKind, WorkTurns } from './WorkTurns.js';
import { listenOn } from './listen.js';
import { isPeerGone } from './peers.js';

/** A TLS record of a handshake begins so; no HTTP method does. */
const TLS_HANDSHAKE = 0x16;

/**
 * Waits for the first byte of a connection, at most so long, and tells whether it begins TLS. Nothing is read of it
 * then: whoever takes it over finds all of it.
 */
function firstByte(socket: PacedSocket, longestMs: number, then: (isTls: boolean) => void): void {
  const giveUp = (): void => void socket.destroy();
  socket.setTimeout(longestMs).once('timeout', giveUp);
  socket.once('data', (first: Buffer) => {
    socket.setTimeout(0).removeListener('timeout', giveUp);
    socket.pause();
    socket.unshift(first);
    then(first[0] === TLS_HANDSHAKE);
  });
  socket.resume();
}

/** One connection of a port, from before its first byte: who it is for places, turns and memory. */
class Guest implements Visitor, Holder {
  readonly #since: number;
  readonly key: string;
  readonly address: string;
  /** Once it is known whether it speaks TLS, and that it does. */
  connection: PortConnection | undefined;
  isInWork = false;

  constructor(
    readonly tcp: Socket,
    since: number,
  ) {
    this.#since = since;
    this.address = tcp.remoteAddress ?? 'an unknown address';
    this.key = addressKey(tcp.remoteAddress);
  }

  waitingSince(): number | undefined {
    return this.connection === undefined ? this.#since : this.connection.waitingSince();
  }

  cut(): void {
    this.tcp.destroy();
  }
}

/** Longer than clients keep idle connections, so that they are the ones who close. */
const KEEP_ALIVE_MS = 65_000;

/** Node.js looks for late requests all at once: the more often, the fewer it finds. */
const LOOK_FOR_LATE_MS = 1000;

const TLS_ONLY =
  'HTTP/1.1 403 Forbidden\r\nContent-Type: text/plain\r\nContent-Length: 28\r\nConnection: close\r\n\r\nThis port ' +
  'takes https only.\n';

/** What happens to the connections of a port. */
class Port {
  readonly #options: PortOptions;
  readonly #limits: PortLimits;
  readonly #http: Server;
  readonly #tls: TlsDoor | undefined;
  readonly #places: Places;
  readonly #turns = new WorkTurns(() => performance.now());
  readonly #requests: RequestsInWork;
  readonly #sockets = new Set<Socket>();
  readonly #guests = new WeakMap<object, Guest>();

  constructor(options: PortOptions) {
    this.#options = options;
    this.#limits = { ...PORT_LIMITS, ...options.portLimits };
    const { bytes, addressShare, ownBytes, greetingMs } = this.#limits;
    this.#places = new Places({ ...this.#limits, now: Date.now, isKnown: options.isKnown ?? (() => false) });
    const budget = new ByteBudget({ ...this.#limits, total: bytes, share: bytes * addressShare, clock: systemClock });
    this.#requests = new RequestsInWork({ ...options, turns: this.#turns, budget, ownBytes });
    this.#http = this.#httpServer();
    const onRefused = (peer: string, reason: string): void => this.#refused(peer, `no TLS connection: ${reason}`);
    if (options.certificate !== undefined)
      this.#tls = new TlsDoor({ certificate: options.certificate, greetingMs, onRefused });
  }

  renew(certificate: KeyedCertificate): void {
    this.#tls?.renew(certificate);
  }

  /** Lets answers in work finish, then ends every connection. */
  async close(): Promise<void> {
    this.#http.closeIdleConnections();
    await this.#requests.finish();
    for (const socket of this.#sockets) socket.destroy();
    this.#http.close();
  }

  enter(socket: Socket): void {
    // A reset while nobody else listens.
    socket.on('error', () => socket.destroy());
    const guest = new Guest(socket, Date.now());
    this.#turns.newcomer();
    if (!this.#places.enter(guest)) {
      this.#refused(guest.address, 'the port has reached its limit of connections');
      socket.destroy();
      return;
    }
    this.#sockets.add(socket);
    socket.once('close', () => {
      this.#sockets.delete(socket);
      this.#places.leave(guest);
    });
    // An answer goes out in pieces: the last of them must not wait for the peer to acknowledge those before it.
    socket.setNoDelay(true);
    const paced = new PacedSocket(socket, async ([first]) =>
      this.#turns.take(first === TLS_HANDSHAKE ? 'handshake' : 'bytes', guest.key),
    );
    firstByte(paced, this.#limits.greetingMs, (isTls) => this.#greet(guest, paced, isTls));
  }

  #greet(guest: Guest, socket: PacedSocket, isTls: boolean): void {
    if (isTls && this.#tls !== undefined) {
      this.#tls.enter(socket, guest.address, (secure) => this.#serve(guest, secure));
    } else if (isTls || this.#options.allowsHttp || isLoopbackAddress(guest.tcp.localAddress)) {
      this.#serve(guest, socket);
    } else {
      this.#refused(guest.address, 'plain HTTP beyond this machine is not allowed');
      socket.end(TLS_ONLY);
    }
  }

  #serve(guest: Guest, transport: Transport): void {
    const connection = new PortConnection(transport, { remoteAddress: guest.tcp.remoteAddress, now: Date.now });
    connection.once('proved', () => this.#places.prove(guest));
    guest.connection = connection;
    this.#guests.set(connection, guest);
    this.#http.emit('connection', connection);
  }

  #httpServer(): Server {
    const { headersTimeoutMs, requestTimeoutMs, onUpgrade } = this.#options;
    const server = createServer({
      headersTimeout: headersTimeoutMs,
      requestTimeout: requestTimeoutMs,
      keepAliveTimeout: KEEP_ALIVE_MS,
      connectionsCheckingInterval: Math.min(headersTimeoutMs, LOOK_FOR_LATE_MS),
    });
    server.on('request', (request, response) => {
      const connection: unknown = request.socket;
      const guest = this.#guests.get(request.socket);
      if (!(connection instanceof PortConnection) || guest === undefined || !connection.begin(request)) return;
      guest.isInWork = true;
      void this.#requests.answer(request, response, guest).then(() => {
        guest.isInWork = false;
        connection.answered(request);
      });
    });
    // Node.js would answer by itself, and nobody would notice that the connection waits for its peer again.
    server.on('checkExpectation', (_request, response) => {
      response.writeHead(417, { 'content-length': 0, connection: 'close' }).end();
    });
    if (onUpgrade !== undefined)
      server.on('upgrade', (request, socket: Duplex, head) => {
        void this.#inTurn(socket, 'handshake').then((connection) => {
          connection?.passThrough();
          if (connection !== undefined) onUpgrade(request, connection, head);
        });
      });
    server.on('clientError', (error, socket: Duplex) => void this.#noRequest(error, socket));
    // Node.js begins to watch for slow clients when a server listens, which this one never does.
    server.emit('listening');
    return server;
  }

  /** A connection when its turn has come; undefined where it is over by then. */
  async #inTurn(connection: Duplex, kind: WorkKind): Promise<PortConnection | undefined> {
    const guest = this.#guests.get(connection);
    if (guest === undefined || !(connection instanceof PortConnection)) return undefined;
    await this.#turns.take(kind, guest.key);
    return connection.destroyed || connection.writableEnded ? undefined : connection;
  }

  async #noRequest(error: Error, socket: Duplex): Promise<void> {
    if (!(socket instanceof PortConnection) || isPeerGone(error)) {
      socket.destroy();
      return;
    }
    // What it goes on sending would be refused again and again.
    socket.pause();
    // Thousands can be late at once.
    const connection = await this.#inTurn(socket, 'request');
    if (connection === undefined) return;
    this.#refused(connection.remoteAddress ?? 'an unknown address', `no HTTP request: ${reasonOf(error)}`);
    if (connection.writable) connection.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n');
    connection.destroySoon();
  }

  #refused(peer: string, reason: string): void {
    this.#options.onRefused?.(peer, reason);
  }
}

/** An open port. */
export interface OpenPort extends Listener {
  /** Shows another certificate to whoever connects from now on. */
  renew(certificate: KeyedCertificate): void;
}

/**
 * Opens a port: the first byte tells TLS from plain HTTP, and both go to the same handler. @throws SyncError PortInUse
 */
export async function openPort(options: PortOptions): Promise<OpenPort> {
  const port = new Port(options);
  const outer = createTcpServer({ pauseOnConnect: true }, (socket) => port.enter(socket));
  const address = await listenOn(outer, options.address);
  return {
    address,
    renew: (certificate) => port.renew(certificate),
    close: async () => {
      const closed = new Promise<void>((resolve) => outer.close(() => resolve()));
      await port.close();
      await closed;
    },
  };
}
