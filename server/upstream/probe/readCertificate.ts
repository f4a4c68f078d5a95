import { isIP } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect, type TLSSocket } from 'node:tls';
import type { StageFinding } from './StageRecorder.js';

/** A handshake: over which connection, with which host, trusting whom. */
export interface HandshakeOptions {
  readonly socket: Duplex;
  readonly host: string;
  readonly ca: string[] | undefined;
  readonly signal: AbortSignal;
}

/** What a handshake showed; `reason` is why the certificate is not trusted, '' where it is. */
export interface Handshake {
  readonly finding: StageFinding;
  readonly reason: string;
}

/**
 * Shakes hands and looks at the certificate, then ends the connection: nothing is sent over it, and a certificate that
 * is not trusted
 * is reported as such. It is looked at after the handshake because a refused one could not be shown.
 */
export async function readCertificate({ socket, host, ca, signal }: HandshakeOptions): Promise<Handshake> {
  return new Promise((resolve, reject) => {
    const name = isIP(host) === 0 ? { servername: host } : {};
    const tls = connect({ socket, host, ...name, ...(ca === undefined ? {} : { ca }), rejectUnauthorized: false });
    const abort = (): void => void tls.destroy(new Error('The time is over.'));
    signal.addEventListener('abort', abort, { once: true });
    tls.once('secureConnect', () => {
      const handshake = handshakeOf(tls);
      tls.destroy();
      resolve(handshake);
    });
    tls.once('error', reject);
    tls.once('close', () => signal.removeEventListener('abort', abort));
  });
}

function handshakeOf(tls: TLSSocket): Handshake {
  const certificate = tls.getPeerX509Certificate();
  // Declared as an error, in fact the code of one.
  const error: unknown = tls.authorized ? '' : tls.authorizationError;
  const reason = error instanceof Error ? error.message : typeof error === 'string' ? error : 'it is not trusted';
  const names = certificate?.subjectAltName?.split(', ').map((entry) => entry.replace(/^(DNS|IP Address):/, '')) ?? [];
  const finding: StageFinding = {
    Detail: `${tls.getProtocol() ?? ''} ${tls.getCipher().name}`,
    CertificateSubject: oneLine(certificate?.subject),
    CertificateIssuer: oneLine(certificate?.issuer),
    CertificateNames: names,
    CertificateNotBefore: dateOf(certificate?.validFrom),
    CertificateNotAfter: dateOf(certificate?.validTo),
    CertificateThumbprint: certificate?.fingerprint.replaceAll(':', '') ?? '',
  };
  return { finding, reason };
}

function oneLine(name: string | undefined): string {
  return (name ?? '').replaceAll('\n', ', ');
}

function dateOf(text: string | undefined): string | null {
  const date = new Date(text ?? '');
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}
