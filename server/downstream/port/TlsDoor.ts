import type { Socket } from 'node:net';
import { createServer, type Server, type TLSSocket } from 'node:tls';
import { reasonOf } from '../../errors/SyncError.js';
import { isPeerGone } from './peers.js';

/** A certificate with its private key, both PEM text. */
export interface KeyedCertificate {
  readonly certificate: string;
  /** PKCS #8. */
  readonly key: string;
}

/** What a door for TLS is made of. */
interface TlsDoorOptions {
  readonly certificate: KeyedCertificate;
  /** Longest handshake. */
  readonly greetingMs: number;
  /** Told why a handshake failed. */
  readonly onRefused: (peer: string, reason: string) => void;
}

/** Makes TLS connections of TCP connections that begin with a handshake. */
export class TlsDoor {
  readonly #server: Server;
  /** What waits for the end of its handshake, by both ends of the connection. */
  readonly #waiting = new Map<string, (socket: TLSSocket) => void>();

  constructor({ certificate, greetingMs, onRefused }: TlsDoorOptions) {
    this.#server = createServer({
      ...keyOf(certificate),
      minVersion: 'TLSv1.2',
      ALPNProtocols: ['http/1.1'],
      handshakeTimeout: greetingMs,
    });
    this.#server.on('secureConnection', (socket) => this.#waiting.get(endsOf(socket))?.(socket));
    this.#server.on('tlsClientError', (error, socket) => {
      if (!isPeerGone(error)) onRefused(socket.remoteAddress ?? 'an unknown address', reasonOf(error));
      socket.destroy();
    });
  }

  /** Lets a connection shake hands, as if nothing had been read of it. */
  enter(socket: Socket, onSecure: (secure: TLSSocket) => void): void {
    const ends = endsOf(socket);
    this.#waiting.set(ends, onSecure);
    socket.once('close', () => this.#waiting.delete(ends));
    this.#server.emit('connection', socket);
  }

  /** Shows another certificate to whoever connects from now on. */
  renew(certificate: KeyedCertificate): void {
    this.#server.setSecureContext({ ...keyOf(certificate), minVersion: 'TLSv1.2' });
  }
}

function endsOf({ remoteAddress, remotePort, localAddress, localPort }: Socket): string {
  return [remoteAddress, remotePort, localAddress, localPort].join(' ');
}

function keyOf({ certificate, key }: KeyedCertificate): { readonly cert: string; readonly key: string } {
  return { cert: certificate, key };
}
