import { expect } from 'chai';
import { createServer as createHttpsServer } from 'node:https';
import { createServer as createTcpServer, type Server } from 'node:net';
import { createServer as createTlsServer, type TlsOptions } from 'node:tls';
import { fixture, localhostCertificate } from './fronts.js';
import { Cleanup, failure, listenOn, makeSource, NEVER, startHttp, startUpstream } from './harness.js';

/** The alert of an OpenSSL server, as bytes. */
function alert(code: number): Buffer {
  return Buffer.from([0x15, 3, 3, 0, 2, 2, code]);
}

describe('TLS that fails for another reason than trust', () => {
  const cleanup = new Cleanup();
  afterEach(async () => cleanup.run());

  const keys: TlsOptions = { cert: localhostCertificate, key: fixture('localhost-key.pem') };
  const startTlsServer = async (options: TlsOptions): Promise<Server> => {
    const server = createHttpsServer({ ...keys, ...options }, (_request, response) => response.end());
    server.on('tlsClientError', () => undefined);
    return Promise.resolve(server);
  };
  const answering = (bytes: Buffer): Server =>
    createTcpServer((socket) => socket.once('data', () => socket.end(bytes)));
  const seen = async (server: Server, protocol = 'https'): Promise<string> => {
    const url = `${protocol}://127.0.0.1:${await listenOn(cleanup, server)}`;
    const { source } = makeSource(cleanup, { url, caBundle: localhostCertificate });
    const error = await failure(source.open('', NEVER));
    expect(error.message)
      .to.contain(url)
      .and.not.match(/openssl|\.c:\d|undefined/i);
    expect(error.exitCode).to.equal(5);
    return `${error.errorId}: ${String(error.data['reason'] ?? '')}`;
  };

  it('only TLS older than 1.2, told with an alert or in the answer', async () => {
    const old: TlsOptions = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' };
    expect(await seen(await startTlsServer(old))).to.match(/^UpstreamTlsOld: tlsv1 alert protocol version/);
    // A ServerHello of TLS 1.0.
    const hello = Buffer.concat([Buffer.from([3, 1]), Buffer.alloc(32, 7), Buffer.from([0, 0, 0x2f, 0])]);
    const head = Buffer.from([0x16, 3, 1, 0, hello.length + 4, 2, 0, 0, hello.length]);
    expect(await seen(answering(Buffer.concat([head, hello])))).to.match(/^UpstreamTlsOld: unsupported protocol/);
  });

  it('no cipher suite in common', async () => {
    const ciphers = 'CAMELLIA128-SHA:@SECLEVEL=0';
    expect(await seen(await startTlsServer({ maxVersion: 'TLSv1.2', ciphers }))).to.match(/^UpstreamTlsNoCipher: /);
    expect(await seen(answering(alert(71)))).to.match(/^UpstreamTlsNoCipher: tlsv1 alert insufficient security/);
  });

  for (const version of ['TLSv1.2', 'TLSv1.3'] as const)
    it(`a client certificate asked for in ${version}`, async () => {
      const options: TlsOptions = { requestCert: true, rejectUnauthorized: true, maxVersion: version };
      expect(await seen(await startTlsServer(options))).to.match(/^UpstreamClientCertificate: /);
    });

  it('a client certificate asked for by a page of IIS', async () => {
    const url = await startHttp(cleanup, (_request, response) =>
      response.writeHead(403).end('<html><h2>HTTP Error 403.7 - Forbidden</h2></html>'),
    );
    const { source } = makeSource(cleanup, { url });
    expect(await failure(source.open('', NEVER))).to.have.property('errorId', 'UpstreamClientCertificate');
  });

  it('plain HTTP on the port, and TLS where the address says http', async () => {
    const { url } = await startUpstream(cleanup);
    const { source } = makeSource(cleanup, { url: url.replace('http:', 'https:') });
    expect(await failure(source.open('', NEVER))).to.have.property('errorId', 'UpstreamNotTls');
    // One that ends the connection, one that answers with an alert, and one that says so in words.
    expect(await seen(await startTlsServer({}), 'http')).to.match(/^UpstreamExpectsTls/);
    expect(await seen(answering(alert(10)), 'http')).to.match(/^UpstreamExpectsTls/);
    const words = 'HTTP/1.1 400 Bad Request\r\n\r\n<p>The plain HTTP request was sent to HTTPS port</p>';
    expect(await seen(answering(Buffer.from(words)), 'http')).to.match(/^UpstreamExpectsTls/);
  });

  it('not where the port speaks both, and has cut a connection in plain', async () => {
    const tls = createTlsServer(keys, (socket) => socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\n\r\n')));
    tls.on('tlsClientError', () => undefined);
    const both = createTcpServer((socket) =>
      socket
        .on('error', () => undefined)
        .once('data', (bytes) => {
          socket.pause();
          if (bytes[0] === 0x16) {
            socket.unshift(bytes);
            tls.emit('connection', socket);
          } else if (bytes.toString().startsWith('HEAD')) socket.end('HTTP/1.1 404 Not Found\r\n\r\n');
          else socket.destroy();
        }),
    );
    expect(await seen(both, 'http')).to.match(/^UpstreamConnectionCut: /);
  });

  it('any other failure of the handshake, with the words of OpenSSL', async () => {
    expect(await seen(answering(alert(80)))).to.match(/^UpstreamTlsFailed: tlsv1 alert internal error/);
  });

  it('a connection that ends in the handshake is cut, and says when', async () => {
    const server = createTcpServer((socket) => socket.once('data', () => socket.end()));
    expect(await seen(server)).to.equal(
      'UpstreamConnectionCut: the other end closed the connection during the TLS handshake (ECONNRESET)',
    );
  });
});
