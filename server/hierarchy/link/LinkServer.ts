import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { TLSSocket } from 'node:tls';
import { type WebSocket, WebSocketServer } from 'ws';
import { createMeter } from './createMeter.js';
import { LinkChannel } from './LinkChannel.js';
import { linkLimits, linkPath } from './linkContract.js';
import { NodeConnection, type NodeHost } from './NodeConnection.js';
import { RefusalLog } from './RefusalLog.js';
import type { SyncError } from '../../errors/SyncError.js';

/** Called when the connection of a node that had proved itself is over. */
export type ConnectionEnd = (connection: NodeConnection, reason: SyncError) => void;

/** Makes connections of the site link of upgrade requests. */
export class LinkServer {
  readonly #host: NodeHost;
  readonly #onEnd: ConnectionEnd;
  readonly #refusals: RefusalLog;
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
    this.#refusals = new RefusalLog(host.log, () => host.clock.now());
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
    this.#refusals.refused(peer, reason);
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
    const connection = (made.connection = new NodeConnection(channel, { host: this.#host, peer }));
    this.#open.set(
      connection,
      channel.ended.then((reason) => this.#over(connection, reason)),
    );
  }

  #over(connection: NodeConnection, reason: SyncError): void {
    this.#open.delete(connection);
    if (connection.node !== undefined) this.#onEnd(connection, reason);
    else if (!connection.isJoined) this.#refusals.refused(connection.claimed, reason.message);
  }

  #greeting(): number {
    return [...this.#open.keys()].filter((connection) => connection.node === undefined).length;
  }
}

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`, () => socket.destroy());
}
