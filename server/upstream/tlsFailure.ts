import { connect as connectTcp, isIP } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import type { ErrorId } from '../errors/SyncError.js';
import { systemErrorCode } from '../platform/systemErrorCode.js';
import { openTunnel } from './openTunnel.js';
import type { ProxySettings } from './SourceSettings.js';

/** What the codes of OpenSSL say of a handshake; none of them is about trust in the certificate of the server. */
const KINDS: readonly (readonly [RegExp, ErrorId])[] = [
  [/UNSUPPORTED_PROTOCOL|PROTOCOL_VERSION|WRONG_SSL_VERSION|VERSION_TOO_LOW|INAPPROPRIATE_FALLBACK/, 'UpstreamTlsOld'],
  [
    /CERTIFICATE_REQUIRED|ALERT_(BAD|NO|UNSUPPORTED)_CERTIFICATE|ALERT_CERTIFICATE_UNKNOWN/,
    'UpstreamClientCertificate',
  ],
  [/HANDSHAKE_FAILURE|INSUFFICIENT_SECURITY|CIPHER|KEY_TOO_SMALL/, 'UpstreamTlsNoCipher'],
  [/WRONG_VERSION_NUMBER|HTTP_REQUEST|PACKET_LENGTH_TOO_LONG|UNKNOWN_PROTOCOL/, 'UpstreamNotTls'],
  [/^ERR_SSL_|^EPROTO$/, 'UpstreamTlsFailed'],
];

/** The row of the error table for a TLS handshake that failed; undefined where none of the codes is of one. */
export function tlsFailureId(codes: readonly string[]): ErrorId | undefined {
  return KINDS.find(([pattern]) => codes.some((code) => isOfTls(code) && pattern.test(code)))?.[1];
}

function isOfTls(code: string): boolean {
  return code.startsWith('ERR_SSL_') || code === 'EPROTO';
}

/** What a handshake and one small request show: whether the server speaks TLS, and whether it wants a certificate. */
export type TlsManner = 'NoTls' | 'Tls' | 'WantsClientCertificate';

const PROBE_MS = 10_000;

/**
 * Looks how a server speaks TLS, where a failure did not say. In TLS 1.2 it refuses a client without a certificate with
 * the alert of any failure, but after a cipher suite was agreed on; in TLS 1.3 its alert comes after the handshake,
 * where a client that already sends sees only the end of the connection.
 */
export async function probeTls(target: URL, proxy: ProxySettings | undefined): Promise<TlsManner> {
  const signal = AbortSignal.timeout(PROBE_MS);
  try {
    return await mannerOf(secured(await opened(target, proxy, signal), target), { target, signal });
  } catch {
    // What ended the first connection is told, not what ends this one.
    return 'NoTls';
  }
}

/** Whether a server answers plain HTTP, also on a port that speaks TLS besides. */
export async function answersInPlain(target: URL): Promise<boolean> {
  const socket = connectTcp({ host: bareHost(target), port: portOf(target), signal: AbortSignal.timeout(PROBE_MS) });
  try {
    return await new Promise<boolean>((resolve) => {
      socket.once('connect', () => socket.write(smallRequest(target)));
      socket.once('data', (bytes) => resolve(bytes.toString('latin1', 0, 5) === 'HTTP/'));
      socket.once('error', () => resolve(false)).once('close', () => resolve(false));
    });
  } finally {
    socket.on('error', () => undefined).destroy();
  }
}

function smallRequest({ host }: URL): string {
  return `HEAD / HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`;
}

function portOf({ port, protocol }: URL): number {
  return Number(port || (protocol === 'https:' ? '443' : '80'));
}

async function opened(target: URL, proxy: ProxySettings | undefined, signal: AbortSignal): Promise<Duplex> {
  const port = portOf(target);
  if (proxy !== undefined) return openTunnel(proxy, { target: `${target.hostname}:${port}`, ca: undefined, signal });
  return connectTcp({ host: bareHost(target), port, signal });
}

/** Nothing is told and nothing believed, so nobody has to be trusted. */
function secured(socket: Duplex, target: URL): TLSSocket {
  const host = bareHost(target);
  const name = isIP(host) === 0 ? { servername: host } : {};
  return connectTls({ socket, host, ...name, rejectUnauthorized: false });
}

async function mannerOf(
  tls: TLSSocket,
  { target, signal }: { readonly target: URL; readonly signal: AbortSignal },
): Promise<TlsManner> {
  const end = (): void => void tls.destroy();
  signal.addEventListener('abort', end, { once: true });
  let manner: TlsManner = 'NoTls';
  try {
    return await new Promise<TlsManner>((resolve) => {
      tls.once('secureConnect', () => {
        manner = 'Tls';
        tls.write(smallRequest(target));
      });
      tls.once('data', () => resolve(manner)).once('close', () => resolve(manner));
      tls.once('error', (error: Error) =>
        resolve(isOfClientCertificate(error, tls) ? 'WantsClientCertificate' : manner),
      );
    });
  } finally {
    signal.removeEventListener('abort', end);
    tls.on('error', () => undefined).destroy();
  }
}

function isOfClientCertificate(error: Error, tls: TLSSocket): boolean {
  const code = systemErrorCode(error);
  // Declared as always there; there is none before the server has chosen one.
  const cipher: unknown = tls.getCipher();
  return (
    tlsFailureId([code]) === 'UpstreamClientCertificate' || (code.includes('HANDSHAKE_FAILURE') && cipher !== undefined)
  );
}

/** IPv6 addresses stand in brackets in a URL. */
function bareHost(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '');
}
