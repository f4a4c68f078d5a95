import { expect } from 'chai';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import type { SourceTest, SourceTestStage } from '../../server/contract/generated/types.js';
import { testSource } from '../../server/upstream/probe/testSource.js';
import type { SourceSettings } from '../../server/upstream/SourceSettings.js';
import { localhostCertificate, startProxy, startTls } from './fronts.js';
import { Cleanup, failure, fakeCabinet, NEVER, startHttp, startUpstream } from './harness.js';
import { guid } from './memoryCatalogue.js';

const CALLS = [
  'GetAuthConfig',
  'GetAuthorizationCookie',
  'GetCookie',
  'GetConfigData',
  'GetRevisionIdList',
  'GetUpdateData',
];

describe('The test of a source', () => {
  const cleanup = new Cleanup();
  afterEach(async () => cleanup.run());

  let ticks = 0;
  const test = async (settings: Partial<SourceSettings>, signal: AbortSignal = NEVER): Promise<SourceTest> =>
    testSource(
      { accountName: 'sup.contoso.com', accountGuid: guid(4711), ...settings },
      {
        cabinets: async () => Promise.resolve(fakeCabinet),
        clock: Date.now,
        random: () => 0.5,
        env: {},
        ticks: () => (ticks += 1500),
      },
      signal,
    );
  const statuses = (result: SourceTest): string[] => result.Stages.map((stage) => `${stage.Stage} ${stage.Status}`);
  const stageOf = (result: SourceTest, name: string): SourceTestStage | undefined =>
    result.Stages.find((stage) => stage.Stage === name);

  it('goes through every stage of a plain upstream, each with its time', async () => {
    const { url } = await startUpstream(cleanup);
    const result = await test({ url });
    expect(statuses(result)).to.deep.equal([
      'Name Passed',
      'Connect Passed',
      'Proxy Skipped',
      'Tls Skipped',
      ...CALLS.map((call) => `${call} Passed`),
    ]);
    expect(result).to.include({ Succeeded: true, Url: url, Proxy: '', Source: '127.0.0.1' });
    for (const stage of result.Stages)
      expect(stage.DurationSeconds, stage.Stage).to.equal(stage.Status === 'Skipped' ? 0 : 1.5);
    expect(stageOf(result, 'GetConfigData')?.Detail).to.match(/^Protocol 1\.20, at most \d+ updates a request/);
    expect(stageOf(result, 'GetUpdateData')?.Detail).to.match(/^1 document, \d+ bytes$/);
  });

  it('shows the certificate of a TLS upstream that is trusted', async () => {
    const url = await startTls(cleanup);
    const result = await test({ url, caBundle: localhostCertificate });
    expect(result.Succeeded, JSON.stringify(result.Stages)).to.equal(true);
    const tls = stageOf(result, 'Tls');
    expect(tls?.Detail).to.match(/^TLSv1\.[23] /);
    expect(tls?.CertificateNames).to.include('localhost');
    expect(tls?.CertificateSubject).to.equal(tls?.CertificateIssuer);
    expect(tls?.CertificateThumbprint).to.match(/^[0-9A-F]{40}$/);
    expect(Date.parse(tls?.CertificateNotAfter ?? '')).to.be.greaterThan(Date.parse(tls?.CertificateNotBefore ?? ''));
  });

  it('stops at a certificate that is not trusted, and says whose it is', async () => {
    const result = await test({ url: await startTls(cleanup) });
    expect(statuses(result)).to.deep.equal([
      'Name Passed',
      'Connect Passed',
      'Proxy Skipped',
      'Tls Failed',
      ...CALLS.map((call) => `${call} Skipped`),
    ]);
    expect(result.Succeeded).to.equal(false);
    expect(stageOf(result, 'Tls')).to.include({ ErrorId: 'UpstreamTlsNotTrusted' });
    expect(stageOf(result, 'Tls')?.ErrorMessage).to.match(/SELF_SIGNED.*subject/);
    expect(stageOf(result, 'Tls')?.NextStep).not.to.equal('');
  });

  it('goes through a proxy, with and without a tunnel', async () => {
    const { proxy, connects } = await startProxy(cleanup, `Basic ${Buffer.from('user:secret').toString('base64')}`, [
      'Basic realm="x"',
    ]);
    const settings = {
      url: await startTls(cleanup),
      caBundle: localhostCertificate,
      proxy: { url: proxy, userName: 'user', password: 'secret' },
    };
    const tunnelled = await test(settings);
    expect([tunnelled.Succeeded, stageOf(tunnelled, 'Proxy')?.Status, tunnelled.Proxy]).to.deep.equal([
      true,
      'Passed',
      proxy,
    ]);
    expect(connects.length).to.be.at.least(3);
    const { url } = await startUpstream(cleanup);
    const plain = await test({ url, proxy: { url: proxy } });
    expect([plain.Succeeded, stageOf(plain, 'Proxy')?.Status, stageOf(plain, 'Connect')?.Target]).to.deep.equal([
      true,
      'Skipped',
      proxy.replace('http://', ''),
    ]);
    const refused = await test({ ...settings, proxy: { url: proxy } });
    expect(stageOf(refused, 'Proxy')).to.include({ Status: 'Failed', ErrorId: 'UpstreamProxyAuthentication' });
  });

  it('names the stage at which a host, a port or a service is not there', async () => {
    const unknown = await test({ url: 'http://no-such-host.invalid:8530' });
    expect(stageOf(unknown, 'Name')).to.include({ Status: 'Failed', ErrorId: 'UpstreamUnreachable' });
    expect(stageOf(unknown, 'Name')?.ErrorMessage).to.match(/the name no-such-host\.invalid is unknown|no name server/);
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    const closed = await test({ url: `http://127.0.0.1:${port}` });
    expect(statuses(closed).slice(0, 3)).to.deep.equal(['Name Passed', 'Connect Failed', 'Proxy Skipped']);
    const web = await startHttp(cleanup, (_request, response) => response.end('<html>'));
    const other = await test({ url: web });
    expect(statuses(other).slice(1, 6)).to.deep.equal([
      'Connect Passed',
      'Proxy Skipped',
      'Tls Skipped',
      'GetAuthConfig Failed',
      'GetAuthorizationCookie Skipped',
    ]);
    expect(stageOf(other, 'GetAuthConfig')?.ErrorId).to.be.oneOf(['UpstreamNotSoap', 'UpstreamMalformed']);
    expect((await failure(test({ url: 'ftp://x' }))).errorId).to.equal('UpstreamUrlInvalid');
  });

  it('asks once: a busy server is reported, not asked again', async () => {
    let asked = 0;
    const url = await startHttp(cleanup, (_request, response) => {
      asked += 1;
      response.writeHead(503).end();
    });
    expect(stageOf(await test({ url }), 'GetAuthConfig')).to.include({ Status: 'Failed', ErrorId: 'UpstreamBusy' });
    expect(asked).to.equal(1);
  });

  it('ends when it is cancelled', async () => {
    const { url } = await startUpstream(cleanup);
    const result = await test({ url }, AbortSignal.abort());
    expect(result.Succeeded).to.equal(false);
    expect(result.Stages.find((stage) => stage.Status === 'Failed')?.ErrorId).to.equal('Cancelled');
  });
});
