import { expect } from 'chai';
import { Readable } from 'node:stream';
import { gunzipSync, gzipSync } from 'node:zlib';
import { request } from 'undici';
import { atOnce } from '../../server/platform/inTurns.js';
import { parseFault } from '../../server/wire/fault.js';
import { parseGetAuthConfigResponse, writeGetAuthConfigRequest } from '../../server/wire/getAuthConfig.js';
import {
  parseGetAuthorizationCookieResponse,
  writeGetAuthorizationCookieRequest,
} from '../../server/wire/getAuthorizationCookie.js';
import { parseGetConfigDataResponse, writeGetConfigDataRequest } from '../../server/wire/getConfigData.js';
import { type Cookie, parseGetCookieResponse, writeGetCookieRequest } from '../../server/wire/getCookie.js';
import { writeGetRelatedRevisionsRequest } from '../../server/wire/getRelatedRevisions.js';
import { parseGetUpdateDataResponse, writeGetUpdateDataRequest } from '../../server/wire/getUpdateData.js';
import { DSS_AUTH_PATH, SERVER_SYNC_PATH, type SoapVersion } from '../../server/wire/operations.js';
import { Cleanup, failure, startUpstream } from '../upstream/harness.js';
import { guid, memoryCatalogue } from '../upstream/memoryCatalogue.js';
import { writeDownloadFilesRequest } from '../wire/clientCodecs.js';

describe('the MS-WSUSSS server role', () => {
  const cleanup = new Cleanup();
  afterEach(async () => cleanup.run());

  async function post(
    url: string,
    body: Uint8Array,
    headers: Record<string, string> = {},
  ): Promise<{ status: number; headers: Record<string, unknown>; bytes: Buffer }> {
    const answer = await request(url, { method: 'POST', body, headers: { 'content-type': 'text/xml', ...headers } });
    return { status: answer.statusCode, headers: answer.headers, bytes: Buffer.from(await answer.body.arrayBuffer()) };
  }

  async function cookieOf(url: string, soap: SoapVersion = '1.1'): Promise<Cookie> {
    const authorization = await post(
      `${url}/${DSS_AUTH_PATH}`,
      writeGetAuthorizationCookieRequest({ accountName: 'a.b', accountGuid: guid(1), programKeys: [] }, soap),
    );
    const authCookies = [parseGetAuthorizationCookieResponse(authorization.bytes)];
    return parseGetCookieResponse(
      (await post(`${url}/${SERVER_SYNC_PATH}`, writeGetCookieRequest({ authCookies, protocolVersion: '1.20' }, soap)))
        .bytes,
    );
  }

  async function faultOf(
    url: string,
    path: string,
    body: Uint8Array,
  ): Promise<[string | undefined, string | undefined]> {
    const answer = await post(`${url}/${path}`, body);
    expect(answer.status).to.equal(500);
    const fault = parseFault(answer.bytes);
    expect(fault?.id).to.match(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    return [fault?.errorCode, fault?.message];
  }

  it('takes paths in any letter case and with doubled slashes', async () => {
    const { url } = await startUpstream(cleanup);
    for (const path of [
      '//serversyncwebservice//SERVERSYNCWEBSERVICE.asmx',
      '/ServerSyncWebService/ServerSyncWebService.asmx?x',
    ]) {
      const answer = await post(url + path, writeGetAuthConfigRequest('1.1'));
      expect(parseGetAuthConfigResponse(answer.bytes).plugIns[0]).to.deep.equal({
        plugInId: 'DssTargeting',
        serviceUrl: DSS_AUTH_PATH,
        parameter: '',
      });
    }
  });

  it('answers in the version of SOAP it was asked in', async () => {
    const { url } = await startUpstream(cleanup);
    for (const [soap, type] of [
      ['1.1', 'text/xml'],
      ['1.2', 'application/soap+xml'],
    ] as const) {
      const answer = await post(
        `${url}/${SERVER_SYNC_PATH}`,
        writeGetConfigDataRequest({ cookie: await cookieOf(url, soap), configAnchor: '' }, soap),
      );
      expect(answer.headers['content-type']).to.equal(`${type}; charset=utf-8`);
      expect(parseGetConfigDataResponse(answer.bytes)).to.include({
        maxNumberOfUpdatesPerRequest: 100,
        protocolVersion: '1.20',
      });
    }
  });

  it('sends no languages when nothing changed since the anchor', async () => {
    const { url } = await startUpstream(cleanup);
    const cookie = await cookieOf(url);
    const ask = async (configAnchor: string): Promise<number> =>
      parseGetConfigDataResponse(
        (await post(`${url}/${SERVER_SYNC_PATH}`, writeGetConfigDataRequest({ cookie, configAnchor }, '1.1'))).bytes,
      ).languages.length;
    expect([await ask(''), await ask('1,2026-01-01 00:00:00.000')]).to.deep.equal([1, 0]);
  });

  it('packs answers for who accepts it, and reads packed requests', async () => {
    const { url } = await startUpstream(cleanup, { catalogue: memoryCatalogue(20) });
    const body = writeGetUpdateDataRequest(
      { cookie: await cookieOf(url), identities: memoryCatalogue(20).identities },
      '1.1',
    );
    const packed = await post(`${url}/${SERVER_SYNC_PATH}`, gzipSync(body), {
      'accept-encoding': 'br, gzip',
      'content-encoding': 'gzip',
    });
    expect(packed.headers['content-encoding']).to.equal('gzip');
    expect(atOnce(parseGetUpdateDataResponse(gunzipSync(packed.bytes))).updates).to.have.length(20);
    const plain = await post(`${url}/${SERVER_SYNC_PATH}`, body, { 'accept-encoding': 'xpress, gzip;q=0' });
    expect(plain.headers['content-encoding']).to.equal(undefined);
    expect(atOnce(parseGetUpdateDataResponse(plain.bytes)).updates).to.have.length(20);
  });

  it('refuses as Windows does', async () => {
    const { url } = await startUpstream(cleanup);
    const cookie = await cookieOf(url);
    const auth = { plugInId: 'DssTargeting', cookieData: cookie.encryptedData };
    const account = { accountName: 'a.b', accountGuid: guid(1), programKeys: [] };
    const good = parseGetAuthorizationCookieResponse(
      (await post(`${url}/${DSS_AUTH_PATH}`, writeGetAuthorizationCookieRequest(account, '1.1'))).bytes,
    );
    const many = Array.from({ length: 101 }, (_, index) => ({ updateId: guid(index), revisionNumber: 1 }));
    const sync = async (body: Uint8Array): Promise<unknown> => faultOf(url, SERVER_SYNC_PATH, body);
    expect(
      await faultOf(url, DSS_AUTH_PATH, writeGetAuthorizationCookieRequest({ ...account, accountName: 'a b' }, '1.1')),
    ).to.deep.equal(['InvalidParameters', 'machineName']);
    expect(await faultOf(url, DSS_AUTH_PATH, writeGetAuthConfigRequest('1.1'))).to.deep.equal([
      'InvalidParameters',
      'request',
    ]);
    expect(await sync(writeGetCookieRequest({ authCookies: [], protocolVersion: '1.20' }, '1.1'))).to.deep.equal([
      'InvalidParameters',
      'authCookies',
    ]);
    expect(await sync(writeGetCookieRequest({ authCookies: [auth], protocolVersion: '1.20' }, '1.1'))).to.deep.equal([
      'InvalidAuthorizationCookie',
      '',
    ]);
    expect(await sync(writeGetCookieRequest({ authCookies: [good], protocolVersion: '2.0' }, '1.2'))).to.deep.equal([
      'IncompatibleProtocolVersion',
      '',
    ]);
    expect(
      await sync(writeGetConfigDataRequest({ cookie: { ...cookie, encryptedData: 'AAAA' }, configAnchor: '' }, '1.1')),
    ).to.deep.equal(['InvalidCookie', '']);
    expect(await sync(writeGetConfigDataRequest({ cookie: undefined, configAnchor: '' }, '1.1'))).to.deep.equal([
      'InvalidCookie',
      '',
    ]);
    expect(await sync(writeGetUpdateDataRequest({ cookie, identities: many }, '1.1'))).to.deep.equal([
      'InvalidParameters',
      'updateIds',
    ]);
    expect(
      await sync(
        writeGetUpdateDataRequest({ cookie, identities: [{ updateId: guid(0), revisionNumber: 999 }] }, '1.1'),
      ),
    ).to.deep.equal(['InternalServerError', '']);
    expect(
      await sync(writeGetRelatedRevisionsRequest({ cookie, updateIds: many.map((entry) => entry.updateId) }, '1.1')),
    ).to.deep.equal(['InvalidParameters', 'updateIDs']);
    expect(await sync(writeGetRelatedRevisionsRequest({ cookie: undefined, updateIds: [] }, '1.1'))).to.deep.equal([
      'InvalidCookie',
      '',
    ]);
    expect(await sync(Buffer.from('nonsense'))).to.deep.equal(['InvalidParameters', 'request']);
  });

  it('a cookie changed in one byte is not accepted, one of another server neither', async () => {
    const [first, second] = [await startUpstream(cleanup), await startUpstream(cleanup)];
    const cookie = await cookieOf(first.url);
    const bytes = Buffer.from(cookie.encryptedData, 'base64');
    bytes[bytes.length - 3]! ^= 1;
    const changed = writeGetConfigDataRequest(
      { cookie: { ...cookie, encryptedData: bytes.toString('base64') }, configAnchor: '' },
      '1.1',
    );
    expect((await faultOf(first.url, SERVER_SYNC_PATH, changed))[0]).to.equal('InvalidCookie');
    expect(
      (await faultOf(second.url, SERVER_SYNC_PATH, writeGetConfigDataRequest({ cookie, configAnchor: '' }, '1.1')))[0],
    ).to.equal('InvalidCookie');
  });

  it('cookies end after 240 minutes, and with the catalogue they were given for', async () => {
    let now = Date.UTC(2026, 0, 1);
    const catalogue = memoryCatalogue(1);
    const { url } = await startUpstream(cleanup, { catalogue, clock: () => now });
    const account = { accountName: 'a.b', accountGuid: guid(1), programKeys: [] };
    const authorization = parseGetAuthorizationCookieResponse(
      (await post(`${url}/${DSS_AUTH_PATH}`, writeGetAuthorizationCookieRequest(account, '1.1'))).bytes,
    );
    const cookie = await cookieOf(url);
    expect(cookie.expiration).to.equal('2026-01-01T04:00:00.000Z');
    const ask = writeGetConfigDataRequest({ cookie, configAnchor: '' }, '1.1');
    now += 239 * 60_000;
    expect(parseGetConfigDataResponse((await post(`${url}/${SERVER_SYNC_PATH}`, ask)).bytes).languages).to.have.length(
      1,
    );
    now += 60_000;
    expect(await faultOf(url, SERVER_SYNC_PATH, ask)).to.deep.equal(['InvalidCookie', '']);
    expect(
      (
        await faultOf(
          url,
          SERVER_SYNC_PATH,
          writeGetCookieRequest({ authCookies: [authorization], protocolVersion: '1.20' }, '1.1'),
        )
      )[0],
    ).to.equal('InvalidAuthorizationCookie');
    const fresh = await cookieOf(url);
    catalogue.serverId = 'another';
    expect(
      (await faultOf(url, SERVER_SYNC_PATH, writeGetConfigDataRequest({ cookie: fresh, configAnchor: '' }, '1.1')))[0],
    ).to.equal('ServerChanged');
    const again = parseGetAuthorizationCookieResponse(
      (await post(`${url}/${DSS_AUTH_PATH}`, writeGetAuthorizationCookieRequest(account, '1.1'))).bytes,
    );
    expect(
      (
        await faultOf(
          url,
          SERVER_SYNC_PATH,
          writeGetCookieRequest({ authCookies: [again], oldCookie: fresh, protocolVersion: '1.20' }, '1.1'),
        )
      )[0],
    ).to.equal('ServerChanged');
  });

  it('reads requests that come in chunks', async () => {
    const { url } = await startUpstream(cleanup);
    const body = writeGetConfigDataRequest({ cookie: await cookieOf(url), configAnchor: '' }, '1.1');
    const pieces = Readable.from([body.subarray(0, 20), body.subarray(20, 21), body.subarray(21)]);
    const answer = await request(`${url}/${SERVER_SYNC_PATH}`, {
      method: 'POST',
      body: pieces,
      headers: { 'content-type': 'text/xml' },
    });
    expect(parseGetConfigDataResponse(Buffer.from(await answer.body.arrayBuffer())).languages).to.have.length(1);
  });

  it('sends content files on to Microsoft only where it is set to', async () => {
    const [own, known] = ['a9993e364706816aba3e25717850c26c9cd0d89d', '84983e441c3bd26ebaae4aa1f95129e5e54670f1'];
    const catalogue = {
      ...memoryCatalogue(1),
      contentFile: async (sha1: string) => Promise.resolve(sha1 === own ? Buffer.from('abc') : undefined),
      contentAddress: async (sha1: string) =>
        Promise.resolve(sha1 === known ? 'http://download.test/file.cab' : undefined),
    };
    for (const redirectsContent of [false, true]) {
      const { url } = await startUpstream(cleanup, { catalogue, redirectsContent });
      const get = async (sha1: string): Promise<[number, unknown]> =>
        request(`${url}/CONTENT/D0/${sha1.toUpperCase()}.cab`).then(async (answer) => {
          await answer.body.dump();
          return [answer.statusCode, answer.headers['location']];
        });
      expect(await get(own)).to.deep.equal([200, undefined]);
      expect(await get(known)).to.deep.equal(
        redirectsContent ? [302, 'http://download.test/file.cab'] : [404, undefined],
      );
      expect(await get('0'.repeat(40))).to.deep.equal([404, undefined]);
      const cookie = await cookieOf(url);
      expect(
        parseGetConfigDataResponse(
          (await post(`${url}/${SERVER_SYNC_PATH}`, writeGetConfigDataRequest({ cookie, configAnchor: '' }, '1.1')))
            .bytes,
        ).catalogOnlySync,
      ).to.equal(!redirectsContent);
      const missing = Buffer.alloc(20, 3).toString('base64');
      const files = writeDownloadFilesRequest(
        {
          cookie,
          digests: [own, known]
            .map((sha1) => Buffer.from(sha1, 'hex').toString('base64'))
            .concat(redirectsContent ? missing : []),
        },
        '1.1',
      );
      if (redirectsContent)
        expect(await faultOf(url, SERVER_SYNC_PATH, files)).to.deep.equal(['FileDigestsMissing', missing]);
      else expect((await post(`${url}/${SERVER_SYNC_PATH}`, files)).status).to.equal(200);
    }
  });

  it('a failing catalogue is InternalServerError, logged without its text in the answer', async () => {
    const catalogue = { ...memoryCatalogue(1), documents: async () => Promise.reject(new RangeError('secret detail')) };
    const { url, log } = await startUpstream(cleanup, { catalogue });
    const cookie = await cookieOf(url);
    const body = writeGetUpdateDataRequest({ cookie, identities: memoryCatalogue(1).identities }, '1.1');
    expect(await faultOf(url, SERVER_SYNC_PATH, body)).to.deep.equal(['InternalServerError', '']);
    expect(log.join()).to.contain('secret detail');
  });

  it('other paths 404, other methods 405, too much 413, unknown encodings 415', async () => {
    const { url } = await startUpstream(cleanup, { limits: { maxRequestBytes: 1000 } });
    expect((await post(`${url}/ServerSyncWebService/`, Buffer.alloc(1))).status).to.equal(404);
    expect((await request(`${url}/${SERVER_SYNC_PATH}`)).statusCode).to.equal(405);
    expect((await post(`${url}/${SERVER_SYNC_PATH}`, Buffer.alloc(1001))).status).to.equal(413);
    expect(
      (await post(`${url}/${SERVER_SYNC_PATH}`, gzipSync(Buffer.alloc(5000)), { 'content-encoding': 'gzip' })).status,
    ).to.equal(413);
    expect((await post(`${url}/${SERVER_SYNC_PATH}`, Buffer.alloc(9), { 'content-encoding': 'gzip' })).status).to.equal(
      400,
    );
    expect((await post(`${url}/${SERVER_SYNC_PATH}`, Buffer.alloc(1), { 'content-encoding': 'br' })).status).to.equal(
      415,
    );
  });

  it('a port that is taken: PortInUse', async () => {
    const { server } = await startUpstream(cleanup);
    const other = await startUpstream(cleanup);
    await other.server.close();
    expect(other.server.address()).to.equal(undefined);
    const error = await failure(other.server.listen(server.address()?.port ?? 0));
    expect(error).to.include({ errorId: 'PortInUse' });
    // Of a port that Windows refuses: who has it, and which ones it keeps.
    expect(error.nextStep).to.contain('netsh http show servicestate').and.contain('excludedportrange');
    expect(error.message).to.contain('EADDRINUSE');
  });
});
