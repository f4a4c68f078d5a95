import { expect } from 'chai';
import { rootCertificates } from 'node:tls';
import { localhostCertificate, startProxy, startTls } from './fronts.js';
import { Cleanup, failure, makeSource, NEVER, startHttp, startUpstream } from './harness.js';

describe('TLS and proxies', () => {
  const cleanup = new Cleanup();
  const cert = localhostCertificate;
  afterEach(async () => cleanup.run());

  it('a self-signed certificate: UpstreamTlsNotTrusted', async () => {
    const error = await failure(makeSource(cleanup, { url: await startTls(cleanup) }).source.open('', NEVER));
    expect(error.errorId).to.equal('UpstreamTlsNotTrusted');
    expect(error.message).to.match(/self.signed/);
  });

  it('the same certificate in the CA bundle: trusted', async () => {
    const { source } = makeSource(cleanup, { url: await startTls(cleanup), caBundle: `# a comment\n${cert}` });
    expect(await source.open('', NEVER)).to.have.property('protocolVersion', '1.20');
  });

  it('an authority is trusted alone, whatever is in the bundle', async () => {
    const { source } = makeSource(cleanup, { url: await startTls(cleanup), authority: cert });
    expect(await source.open('', NEVER)).to.have.property('protocolVersion', '1.20');
    const [other = ''] = rootCertificates;
    const error = await failure(
      makeSource(cleanup, { url: await startTls(cleanup), authority: other, caBundle: cert }).source.open('', NEVER),
    );
    expect(error.errorId).to.equal('UpstreamTlsNotTrusted');
  });

  it('a proxy with Basic: CONNECT with the credentials', async () => {
    const url = await startTls(cleanup);
    const { proxy, connects } = await startProxy(cleanup, `Basic ${Buffer.from('user:pässword').toString('base64')}`, [
      'Basic realm="x"',
    ]);
    const { source } = makeSource(cleanup, {
      url,
      caBundle: cert,
      proxy: { url: proxy, userName: 'user', password: 'pässword' },
    });
    await source.open('', NEVER);
    expect(connects[0]).to.equal(url.replace('https://', ''));
  });

  it('a proxy that wants Negotiate: UpstreamProxyAuthentication naming the schemes', async () => {
    const { proxy } = await startProxy(cleanup, 'Negotiate x', ['Negotiate', 'NTLM', 'Basic realm="corp, inc"']);
    const error = await failure(
      makeSource(cleanup, { url: await startTls(cleanup), caBundle: cert, proxy: { url: proxy } }).source.open(
        '',
        NEVER,
      ),
    );
    expect(error.errorId).to.equal('UpstreamProxyAuthentication');
    expect(error.data['schemes']).to.equal('Negotiate, NTLM, Basic');
    expect(error.nextStep).to.contain('px or cntlm');
  });

  it('plain HTTP: the schemes of the 407 that refused it, not those of a CONNECT', async () => {
    const proxy = await startHttp(cleanup, (_request, response) =>
      response.writeHead(407, { 'proxy-authenticate': ['Digest realm="a, NTLM b"', 'Negotiate'] }).end(),
    );
    const { source } = makeSource(cleanup, { url: 'http://wsus.test:8530', proxy: { url: proxy, userName: 'x' } });
    const error = await failure(source.open('', NEVER));
    expect(error.message).to.equal(`The proxy ${proxy} did not accept the user name and password (Digest, Negotiate).`);
  });

  it('a proxy that is not there: UpstreamProxyFailed', async () => {
    const { proxy } = await startProxy(cleanup, undefined, []);
    await cleanup.run();
    const error = await failure(
      makeSource(cleanup, { url: await startTls(cleanup), proxy: { url: proxy } }).source.open('', NEVER),
    );
    expect(error.errorId).to.equal('UpstreamProxyFailed');
    expect(error.message).to.contain(proxy);
  });

  it('plain HTTP goes through the proxy in absolute form, and past it when excepted', async () => {
    const { url } = await startUpstream(cleanup);
    const { proxy, connects } = await startProxy(cleanup, undefined, []);
    await makeSource(cleanup, { url, proxy: { url: proxy } }).source.open('', NEVER);
    expect(connects[0]).to.equal(`POST ${url}/ServerSyncWebService/ServerSyncWebService.asmx`);
    const seen = connects.length;
    await makeSource(cleanup, { url, proxy: { url: proxy }, noProxy: ['127.0.0.1'] }).source.open('', NEVER);
    expect(connects).to.have.length(seen);
  });
});
