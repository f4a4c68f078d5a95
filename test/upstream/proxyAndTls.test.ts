import { readFileSync } from 'node:fs';
import { createServer as createHttpServer, request as httpRequest, type Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { connect } from 'node:net';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { Cleanup, failure, listenOn, makeSource, NEVER, startUpstream } from './harness.js';

/** Compiled tests run from another folder than their fixtures stay in. */
function fixture(name: string): string {
  const here = fileURLToPath(new URL('.', import.meta.url)).replace(/[\\/]dist[^\\/]*(?=[\\/]test[\\/])/, '');
  return readFileSync(`${here}fixtures/${name}`, 'utf8');
}

describe('TLS and proxies', () => {
  const cleanup = new Cleanup();
  const cert = fixture('localhost-cert.pem');
  afterEach(async () => cleanup.run());

  /** Our server behind a TLS front with the self-signed certificate. */
  async function startTls(): Promise<string> {
    const { url } = await startUpstream(cleanup);
    const front = createHttpsServer({ cert, key: fixture('localhost-key.pem') }, (request, response) => {
      const inner = httpRequest(url + (request.url ?? ''), { method: request.method, headers: request.headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(response);
      });
      request.pipe(inner);
    });
    front.on('tlsClientError', () => undefined);
    return `https://127.0.0.1:${await listenOn(cleanup, front)}`;
  }

  /** A proxy that wants this Proxy-Authorization, or refuses with these schemes. */
  async function startProxy(wanted: string | undefined, schemes: readonly string[]): Promise<{ proxy: string; connects: string[] }> {
    const connects: string[] = [];
    const server: Server = createHttpServer((request, response) => {
      connects.push(`${request.method ?? ''} ${request.url ?? ''}`);
      const inner = httpRequest(request.url ?? '', { method: request.method, headers: request.headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(response);
      });
      request.pipe(inner);
    });
    server.on('connect', (request, socket) => {
      socket.on('error', () => socket.destroy());
      connects.push(request.url ?? '');
      if (wanted !== undefined && request.headers['proxy-authorization'] !== wanted) {
        socket.end(`HTTP/1.1 407 Proxy Authentication Required\r\n${schemes.map((scheme) => `Proxy-Authenticate: ${scheme}\r\n`).join('')}Content-Length: 0\r\n\r\n`);
        return;
      }
      const [host = '', port = ''] = (request.url ?? '').split(':');
      const inner = connect(Number(port), host, () => {
        socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
        inner.pipe(socket).pipe(inner);
      });
      inner.on('error', () => socket.destroy());
      cleanup.add(() => { inner.destroy(); socket.destroy(); return Promise.resolve(); });
    });
    return { proxy: `http://127.0.0.1:${await listenOn(cleanup, server)}`, connects };
  }

  it('a self-signed certificate: UpstreamTlsNotTrusted', async () => {
    const error = await failure(makeSource(cleanup, { url: await startTls() }).source.open('', NEVER));
    expect(error.errorId).to.equal('UpstreamTlsNotTrusted');
    expect(error.message).to.match(/self.signed/);
  });

  it('the same certificate in the CA bundle: trusted', async () => {
    const { source } = makeSource(cleanup, { url: await startTls(), caBundle: `# a comment\n${cert}` });
    expect(await source.open('', NEVER)).to.have.property('protocolVersion', '1.20');
  });

  it('TLS spoken to a plain port: UpstreamUnreachable or a cut, never trust', async () => {
    const { url } = await startUpstream(cleanup);
    const error = await failure(makeSource(cleanup, { url: url.replace('http:', 'https:') }).source.open('', NEVER));
    expect(error.errorId).to.be.oneOf(['UpstreamUnreachable', 'UpstreamConnectionCut']);
  });

  it('a proxy with Basic: CONNECT with the credentials', async () => {
    const url = await startTls();
    const { proxy, connects } = await startProxy(`Basic ${Buffer.from('user:pässword').toString('base64')}`, ['Basic realm="x"']);
    const { source } = makeSource(cleanup, { url, caBundle: cert, proxy: { url: proxy, userName: 'user', password: 'pässword' } });
    await source.open('', NEVER);
    expect(connects[0]).to.equal(url.replace('https://', ''));
  });

  it('a proxy that wants Negotiate: UpstreamProxyAuthentication naming the schemes', async () => {
    const { proxy } = await startProxy('Negotiate x', ['Negotiate', 'NTLM', 'Basic realm="corp, inc"']);
    const error = await failure(makeSource(cleanup, { url: await startTls(), caBundle: cert, proxy: { url: proxy } }).source.open('', NEVER));
    expect(error.errorId).to.equal('UpstreamProxyAuthentication');
    expect(error.data['schemes']).to.equal('Negotiate, NTLM, Basic');
    expect(error.nextStep).to.contain('px or cntlm');
  });

  it('a proxy that is not there: UpstreamProxyFailed', async () => {
    const { proxy } = await startProxy(undefined, []);
    await cleanup.run();
    const error = await failure(makeSource(cleanup, { url: await startTls(), proxy: { url: proxy } }).source.open('', NEVER));
    expect(error.errorId).to.equal('UpstreamProxyFailed');
    expect(error.message).to.contain(proxy);
  });

  it('plain HTTP goes through the proxy in absolute form, and past it when excepted', async () => {
    const { url } = await startUpstream(cleanup);
    const { proxy, connects } = await startProxy(undefined, []);
    await makeSource(cleanup, { url, proxy: { url: proxy } }).source.open('', NEVER);
    expect(connects[0]).to.equal(`POST ${url}/ServerSyncWebService/ServerSyncWebService.asmx`);
    const seen = connects.length;
    await makeSource(cleanup, { url, proxy: { url: proxy }, noProxy: ['127.0.0.1'] }).source.open('', NEVER);
    expect(connects).to.have.length(seen);
  });
});
