import type { IncomingMessage } from 'node:http';
import { TLSSocket } from 'node:tls';
import { type WebSocket, WebSocketServer } from 'ws';
import { SyncError } from '../errors/SyncError.js';
import { Places, type Visitor } from '../downstream/port/Places.js';
import type { PortConnection } from '../downstream/port/PortConnection.js';
import { peerLog, type PeerLog } from '../downstream/port/peers.js';
import { addressKey } from '../platform/addressKey.js';
import { LinkChannel } from './LinkChannel.js';
import { NodeConnection, type NodeHost } from './NodeConnection.js';
import { LINK_LIMITS, LINK_PATH } from './linkContract.js';
import { createMeter } from './meter.js';

/** Called when the connection of a node that had proved itself is over. */
type ConnectionEnd = (connection: NodeConnection, reason: SyncError) => void;

/** Lines a minute about peers that have proved nothing. */
const STRANGERS = { most: 20, perPeer: 8 };

/** Makes connections of the site link of upgrade requests. */
export class LinkServer {
  readonly #host: NodeHost;
  readonly #onEnd: ConnectionEnd;
  readonly #strangers: PeerLog;
  readonly #sockets = new WebSocketServer({
    noServer: true,
    maxPayload: LINK_LIMITS.messageBytes,
    perMessageDeflate: false,
    clientTracking: false,
  });
  /** Each with its end. */
  readonly #open = new Map<NodeConnection, Promise<void>>();
  /** Of those that have proved nothing. */
  readonly #places: Places;
  readonly #now: () => number;

  constructor(host: NodeHost, onEnd: ConnectionEnd) {
    this.#host = host;
    this.#onEnd = onEnd;
    this.#now = () => host.clock.now().getTime();
    this.#strangers = peerLog((line) => host.log(`Site link: ${line}`), STRANGERS, this.#now);
    this.#places = new Places({
      connections: LINK_LIMITS.greeting,
      keptConnections: LINK_LIMITS.keptGreeting,
      addressShare: LINK_LIMITS.greetingShare,
      stalledMs: 0,
      now: this.#now,
      isKnown: (key) => host.isKnown(key),
    });
  }

  /** Takes over an upgrade request; only one inside TLS for the path of the link becomes a connection. */
  upgrade(request: IncomingMessage, connection: PortConnection, head: Buffer): void {
    // Nobody else listens from here on: a reset must not end the engine.
    connection.on('error', () => connection.destroy());
    const { transport } = connection;
    const path = (request.url ?? '').split('?')[0]?.toLowerCase();
    if (!(transport instanceof TLSSocket) || path !== LINK_PATH.toLowerCase()) refuse(connection, '404 Not Found');
    else if (!this.#enter(connection)) refuse(connection, '503 Service Unavailable');
    else
      this.#sockets.handleUpgrade(request, connection, head, (webSocket) =>
        this.#accept(webSocket, { connection, tls: transport }),
      );
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

  /** Takes a place among those that have proved nothing, until the proof or the end. */
  #enter(connection: PortConnection): boolean {
    const since = this.#now();
    const visitor: Visitor = {
      key: addressKey(connection.remoteAddress),
      isInWork: false,
      waitingSince: () => since,
      cut: () => connection.destroy(),
    };
    if (!this.#places.enter(visitor)) return false;
    const leave = (): void => this.#places.leave(visitor);
    connection.once('close', leave);
    connection.once('proved', leave);
    return true;
  }

  #accept(socket: WebSocket, { connection, tls }: { connection: PortConnection; tls: TLSSocket }): void {
    const peer = connection.remoteAddress ?? 'an unknown address';
    const { clock, siteCode } = this.#host;
    const made: { node?: NodeConnection } = {};
    const meter = createMeter({ now: this.#now, site: siteCode, node: () => made.node?.claimed ?? peer });
    const channel = new LinkChannel({ socket, tls, clock, peer, meter });
    const node = (made.node = new NodeConnection(channel, {
      host: this.#host,
      peer,
      tell: (line) => this.#strangers(addressKey(peer), line),
      onProved: () => connection.prove(),
    }));
    connection.limitReading(LINK_LIMITS.handshakeBytes, () => channel.close(tooMuch(siteCode, node.claimed)));
    this.#open.set(
      node,
      channel.ended.then((reason) => {
        this.#open.delete(node);
        if (node.node !== undefined) this.#onEnd(node, reason);
        else if (!node.isJoined && !channel.hasLeft) this.#refused(peer, node.claimed, reason.message);
      }),
    );
  }

  #refused(peer: string, name: string, reason: string): void {
    this.#strangers(addressKey(peer), `refused a connection from ${name}: ${reason.replace(/\.$/, '')}.`);
  }
}

function tooMuch(site: string, node: string): SyncError {
  return new SyncError('LinkFlooded', { node, site, reason: 'too much before its proof' });
}

function refuse(connection: PortConnection, status: string): void {
  connection.end(`HTTP/1.1 ${status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`);
  connection.destroySoon();
}
