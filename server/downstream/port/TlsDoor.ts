import { createSecureContext, type SecureContext, TLSSocket } from 'node:tls';
import { reasonOf } from '../../errors/SyncError.js';
import type { PacedSocket } from './PacedSocket.js';
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
  readonly #options: TlsDoorOptions;
  #context: SecureContext;

  constructor(options: TlsDoorOptions) {
    this.#options = options;
    this.#context = contextOf(options.certificate);
  }

  /** Lets a connection of a peer shake hands, as if nothing had been read of it. */
  enter(socket: PacedSocket, peer: string, onSecure: (secure: TLSSocket) => void): void {
    const { greetingMs, onRefused } = this.#options;
    const secure = new TLSSocket(socket, {
      isServer: true,
      secureContext: this.#context,
      ALPNProtocols: ['http/1.1'],
    });
    const refuse = (error: Error): void => {
      if (!isPeerGone(error)) onRefused(peer, reasonOf(error));
    };
    const giveUp = (): void => {
      onRefused(peer, 'timeout of the handshake');
      secure.destroy();
    };
    secure.on('error', refuse);
    secure.setTimeout(greetingMs, giveUp);
    secure.once('secure', () => {
      secure.setTimeout(0).removeListener('timeout', giveUp).removeListener('error', refuse);
      onSecure(secure);
    });
  }

  /** Shows another certificate to whoever connects from now on. */
  renew(certificate: KeyedCertificate): void {
    this.#context = contextOf(certificate);
  }
}

function contextOf({ certificate, key }: KeyedCertificate): SecureContext {
  return createSecureContext({ cert: certificate, key, minVersion: 'TLSv1.2' });
}
