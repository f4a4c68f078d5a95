import { lookup } from 'node:dns/promises';
import { connect, isIP, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect as shakeHands, type TLSSocket } from 'node:tls';
import { SyncError } from '../../errors/SyncError.js';
import type { ProxySettings } from '../SourceSettings.js';
import { explainTransportError } from '../explainTransportError.js';
import type { StageFinding, StageRecorder } from './StageRecorder.js';
import { openTunnel } from '../openTunnel.js';

/** A handshake: over which connection, with which host, trusting whom. */
interface HandshakeOptions {
  readonly socket: Duplex;
  readonly host: string;
  readonly ca: string[] | undefined;
  readonly signal: AbortSignal;
}

/** What a handshake showed; `reason` is why the certificate is not trusted, '' where it is. */
interface Handshake {
  readonly finding: StageFinding;
  readonly reason: string;
}

/**
 * Shakes hands and looks at the certificate, then ends the connection: nothing is sent over it, and a certificate that
 * is not trusted
 * is reported as such. It is looked at after the handshake because a refused one could not be shown.
 */
async function readCertificate({ socket, host, ca, signal }: HandshakeOptions): Promise<Handshake> {
  return new Promise((resolve, reject) => {
    const name = isIP(host) === 0 ? { servername: host } : {};
    const tls = shakeHands({ socket, host, ...name, ca, rejectUnauthorized: false });
    const abort = (): void => void tls.destroy(new Error('The time limit was reached.'));
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

/** What is reached, through which proxy, trusting whom, and for how long (ms) one stage may go on. */
interface ConnectionTest {
  readonly base: URL;
  readonly proxy: ProxySettings | undefined;
  readonly ca: string[] | undefined;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** The stages below the calls: name, TCP, proxy, TLS with the certificate. */
export async function testConnection(recorder: StageRecorder, test: ConnectionTest): Promise<void> {
  const { base, proxy } = test;
  const first = proxy === undefined ? base : new URL(proxy.url);
  const host = bareHost(first);
  await recorder.run('Name', host, async () =>
    explained(test, 'Name', async () => ({ finding: { Detail: await addresses(host) } })),
  );
  const opened = await recorder.run('Connect', authority(first), async () =>
    explained(test, 'Connect', async () => connected(test, first)),
  );
  opened?.socket.destroy();
  await testProxy(recorder, test);
  await testTls(recorder, test);
}

async function testProxy(recorder: StageRecorder, test: ConnectionTest): Promise<void> {
  const { base, proxy } = test;
  if (proxy === undefined) recorder.skip('Proxy', '', 'No proxy is used for this host.');
  else if (base.protocol !== 'https:')
    recorder.skip('Proxy', proxy.url, 'Plain HTTP needs no tunnel through the proxy.');
  else {
    const tunnel = await recorder.run('Proxy', proxy.url, async () =>
      explained(test, 'CONNECT', async () => tunnelled(test, proxy)),
    );
    tunnel?.socket.destroy();
  }
}

async function testTls(recorder: StageRecorder, test: ConnectionTest): Promise<void> {
  const { base, proxy, ca } = test;
  if (base.protocol !== 'https:') {
    recorder.skip('Tls', authority(base), 'The address is plain HTTP.');
    return;
  }
  await recorder.run('Tls', authority(base), async () =>
    explained(test, 'TLS', async (signal) => {
      const { socket } = proxy === undefined ? await connected(test, base) : await tunnelled(test, proxy);
      const { finding, reason } = await readCertificate({ socket, host: bareHost(base), ca, signal });
      if (reason !== '')
        throw new SyncError('UpstreamTlsNotTrusted', {
          url: base.origin,
          reason: `${reason} (subject ${finding.CertificateSubject ?? ''}, issuer ${finding.CertificateIssuer ?? ''})`,
        });
      return { finding };
    }),
  );
}

async function addresses(host: string): Promise<string> {
  if (isIP(host) !== 0) return host;
  const found = await lookup(host, { all: true });
  return found.map(({ address }) => address).join(', ');
}

async function connected(test: ConnectionTest, url: URL): Promise<{ socket: Socket; finding: { Detail: string } }> {
  const port = url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port);
  const socket = connect({
    host: bareHost(url),
    port,
    signal: AbortSignal.any([test.signal, AbortSignal.timeout(test.timeoutMs)]),
  });
  await new Promise<void>((resolve, reject) => void socket.once('connect', resolve).once('error', reject));
  return { socket, finding: { Detail: `${socket.remoteAddress ?? ''}:${socket.remotePort ?? port}` } };
}

async function tunnelled(
  test: ConnectionTest,
  proxy: ProxySettings,
): Promise<{ socket: Duplex; finding: { Detail: string } }> {
  const signal = AbortSignal.any([test.signal, AbortSignal.timeout(test.timeoutMs)]);
  const socket = await openTunnel(proxy, { target: authority(test.base), ca: test.ca, signal });
  return { socket, finding: { Detail: `A tunnel to ${authority(test.base)}` } };
}

/** Every failure as the row of the error table for its cause. */
async function explained<Result>(
  test: ConnectionTest,
  operation: string,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const time = AbortSignal.timeout(test.timeoutMs);
  try {
    return await work(AbortSignal.any([test.signal, time]));
  } catch (caught) {
    if (test.signal.aborted) throw new SyncError('Cancelled', { what: 'The test of the source' }, { cause: caught });
    if (time.aborted)
      throw new SyncError(
        'UpstreamTimeout',
        { url: test.base.origin, operation, seconds: test.timeoutMs / 1000 },
        { cause: caught },
      );
    throw await explainTransportError(caught, {
      url: test.base.origin,
      target: test.base,
      operation,
      proxy: test.proxy,
    });
  }
}

/** `host:port`, also where the port is the usual one. */
function authority(url: URL): string {
  return `${url.hostname}:${url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port}`;
}

/** IPv6 addresses stand in brackets in a URL. */
function bareHost(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '');
}
