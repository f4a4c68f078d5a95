import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { TLSSocket } from 'node:tls';
import { type WebSocket, WebSocketServer } from 'ws';
import { createMeter } from './createMeter.js';
import { LinkChannel } from './LinkChannel.js';
import { linkLimits, linkPath } from './linkContract.js';
import { NodeConnection, type NodeHost } from './NodeConnection.js';
import { addressKey } from '../port/addressKey.js';
import { type PeerLog, peerLog } from '../port/peerLog.js';
import type { SyncError } from '../../errors/SyncError.js';

/** Called when the connection of a node that had proved itself is over. */
export type ConnectionEnd = (connection: NodeConnection, reason: SyncError) => void;

/** Lines a minute about peers that have proved nothing. */
const STRANGERS = { most: 20, perPeer: 8 };

/** Makes connections of the site link of upgrade requests. */
export class LinkServer {
  readonly #host: NodeHost;
  readonly #onEnd: ConnectionEnd;
  readonly #strangers: PeerLog;
  readonly #sockets = new WebSocketServer({
    noServer: true,
    maxPayload: linkLimits.messageBytes,
    perMessageDeflate: false,
    clientTracking: false,
  });
  /** Each with its end. */
  readonly #open = new Map<NodeConnection, Promise<void>>();

  constructor(host: NodeHost, onEnd: ConnectionEnd) {
    this.#host = host;
    this.#onEnd = onEnd;
    this.#strangers = peerLog(
      (line) => host.log(`Site link: ${line}`),
      STRANGERS,
      () => host.clock.now().getTime(),
    );
  }

  /** Takes over an upgrade request; only one inside TLS for the path of the link becomes a connection. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    // Nobody else listens from here on: a reset must not end the engine.
    socket.on('error', () => socket.destroy());
    const tls = request.socket;
    const path = (request.url ?? '').split('?')[0]?.toLowerCase();
    if (!(tls instanceof TLSSocket) || path !== linkPath.toLowerCase()) refuse(socket, '404 Not Found');
    else if (this.#greeting() >= linkLimits.greeting) refuse(socket, '503 Service Unavailable');
    else this.#sockets.handleUpgrade(request, socket, head, (webSocket) => this.#accept(webSocket, tls));
  }

  /** Tells of a connection on the port that brought nothing useful. */
  refused(peer: string, reason: string): void {
    this.#refused(peer, peer, reason);
  }

  /** Ends every connection for that reason; fulfilled when all are over and the log says so. */
  async close(reason: SyncError): Promise<void> {
    for (const connection of this.#open.keys()) connection.close(reason);
    await Promise.all(this.#open.values());
  }

  #accept(socket: WebSocket, tls: TLSSocket): void {
    const peer = tls.remoteAddress ?? 'an unknown address';
    const made: { connection?: NodeConnection } = {};
    const name = (): string => made.connection?.claimed ?? peer;
    const { clock, siteCode } = this.#host;
    const meter = createMeter({
      now: () => clock.now().getTime(),
      isProved: () => made.connection?.node !== undefined,
      site: siteCode,
      node: name,
    });
    const channel = new LinkChannel({ socket, tls, clock, peer, meter });
    const connection = (made.connection = new NodeConnection(channel, {
      host: this.#host,
      peer,
      tell: (line) => this.#strangers(addressKey(peer), line),
    }));
    this.#open.set(
      connection,
      channel.ended.then((reason) => this.#over(connection, peer, reason)),
    );
  }

  #over(connection: NodeConnection, peer: string, reason: SyncError): void {
    this.#open.delete(connection);
    if (connection.node !== undefined) this.#onEnd(connection, reason);
    else if (!connection.isJoined) this.#refused(peer, connection.claimed, reason.message);
  }

  #refused(peer: string, name: string, reason: string): void {
    this.#strangers(addressKey(peer), `refused a connection from ${name}: ${reason.replace(/\.$/, '')}.`);
  }

  #greeting(): number {
    return [...this.#open.keys()].filter((connection) => connection.node === undefined).length;
  }
}

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`, () => socket.destroy());
}
