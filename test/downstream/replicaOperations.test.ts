import { expect } from 'chai';
import { request } from 'undici';
import { parseFault } from '../../server/wire/fault.js';
import {
  parseGetAuthorizationCookieResponse,
  writeGetAuthorizationCookieRequest,
} from '../../server/wire/getAuthorizationCookie.js';
import { type Cookie, parseGetCookieResponse, writeGetCookieRequest } from '../../server/wire/getCookie.js';
import { DSS_AUTH_PATH, REPORTING_PATH, SERVER_SYNC_PATH } from '../../server/wire/operations.js';
import { Cleanup, startUpstream } from '../upstream/harness.js';
import { guid, memoryCatalogue } from '../upstream/memoryCatalogue.js';
import {
  parseEmptyResponse,
  parseGetDeploymentsResponse,
  parseGetDriverIdListResponse,
  parseGetDriverSetDataResponse,
  parseGetRollupConfigurationResponse,
  parseGetUpdateDecryptionDataResponse,
  parsePingResponse,
  writeDownloadFilesRequest,
  writeGetDeploymentsRequest,
  writeGetDriverIdListRequest,
  writeGetDriverSetDataRequest,
  writeGetRollupConfigurationRequest,
  writeGetUpdateDecryptionDataRequest,
  writePingRequest,
  writeRollupDownstreamServersRequest,
} from '../wire/clientCodecs.js';

const ANCHOR = '2,2026-01-02 00:00:00.000';
const ZEROS = '00000000-0000-0000-0000-000000000000';

describe('what replicas, drivers and reports ask the server role', () => {
  const cleanup = new Cleanup();
  let url: string;
  let log: string[];
  let cookie: Cookie;
  beforeEach(async () => {
    ({ url, log } = await startUpstream(cleanup, {
      catalogue: { ...memoryCatalogue(3), serverId: guid(77) },
      serverName: 'sup.contoso.com',
    }));
    const authorization = await post(
      DSS_AUTH_PATH,
      writeGetAuthorizationCookieRequest({ accountName: 'a.b', accountGuid: guid(1), programKeys: [] }, '1.1'),
    );
    cookie = parseGetCookieResponse(
      (
        await post(
          SERVER_SYNC_PATH,
          writeGetCookieRequest(
            { authCookies: [parseGetAuthorizationCookieResponse(authorization.bytes)], protocolVersion: '1.20' },
            '1.1',
          ),
        )
      ).bytes,
    );
  });
  afterEach(async () => cleanup.run());

  async function post(path: string, body: Uint8Array): Promise<{ status: number; bytes: Buffer }> {
    const answer = await request(`${url}/${path}`, { method: 'POST', body, headers: { 'content-type': 'text/xml' } });
    return { status: answer.statusCode, bytes: Buffer.from(await answer.body.arrayBuffer()) };
  }
  const sync = async (body: Uint8Array): Promise<Buffer> => (await post(SERVER_SYNC_PATH, body)).bytes;
  async function fault(body: Uint8Array, path = SERVER_SYNC_PATH): Promise<string> {
    const { status, bytes } = await post(path, body);
    const { errorCode, message } = parseFault(bytes) ?? { errorCode: `HTTP ${status}`, message: '' };
    return `${errorCode} ${message}`.trim();
  }

  it('deployments: the built-in groups and what is hidden, nothing deployed', async () => {
    const result = parseGetDeploymentsResponse(
      await sync(writeGetDeploymentsRequest({ cookie, deploymentAnchor: '', syncAnchor: ANCHOR }, '1.1')),
    );
    expect(result).to.deep.include({
      anchor: ANCHOR,
      deployments: [],
      deadDeployments: [],
      hiddenUpdates: [guid(0xdead)],
      acceptedEulas: [],
    });
    expect(result.groups.map((group) => [group.name, group.parentId, group.isBuiltin])).to.deep.equal([
      ['All Computers', ZEROS, true],
      ['Unassigned Computers', result.groups[0]?.groupId, true],
    ]);
    expect(await fault(writeGetDeploymentsRequest({ cookie, deploymentAnchor: '', syncAnchor: '' }, '1.1'))).to.equal(
      'InvalidParameters syncAnchor',
    );
    expect(
      await fault(writeGetDeploymentsRequest({ cookie, deploymentAnchor: 'x', syncAnchor: ANCHOR }, '1.2')),
    ).to.equal('InvalidParameters deploymentAnchor');
    expect(
      await fault(writeGetDeploymentsRequest({ cookie: undefined, deploymentAnchor: '', syncAnchor: ANCHOR }, '1.1')),
    ).to.equal('InvalidCookie');
  });

  it('drivers: none, and no more ids than GetConfigData allows', async () => {
    const filter = { anchor: '', categories: [{ id: guid(1), delta: true }], computerIds: [], hardwareIds: [] };
    expect(
      parseGetDriverIdListResponse(await sync(writeGetDriverIdListRequest({ cookie, filter }, '1.1'))),
    ).to.deep.equal({ anchor: ANCHOR, revisions: [], newDriverSets: [], removedDriverSets: [] });
    expect(
      await fault(
        writeGetDriverIdListRequest(
          { cookie, filter: { ...filter, computerIds: [{ id: guid(2), delta: true }] } },
          '1.1',
        ),
      ),
    ).to.equal('InvalidParameters ComputerIds');
    expect(
      await fault(
        writeGetDriverIdListRequest(
          { cookie, filter: { ...filter, hardwareIds: [{ id: 'PCI\\VEN', delta: true }] } },
          '1.1',
        ),
      ),
    ).to.equal('InvalidParameters PnpHardwareIds');
    expect(await fault(writeGetDriverIdListRequest({ cookie, filter: { ...filter, anchor: 'x' } }, '1.1'))).to.equal(
      'InvalidParameters filter',
    );
    expect(
      parseGetDriverSetDataResponse(await sync(writeGetDriverSetDataRequest({ cookie, driverSets: [] }, '1.2'))),
    ).to.deep.equal([]);
    expect(await fault(writeGetDriverSetDataRequest({ cookie, driverSets: [guid(1)] }, '1.1'))).to.equal(
      'TooManyIds driverSets',
    );
    expect(await fault(writeGetDriverSetDataRequest({ cookie: undefined, driverSets: [] }, '1.1'))).to.equal(
      'InvalidCookie',
    );
  });

  it('keys of encrypted files: none; files to fetch: none, and no fault for that', async () => {
    const identities = memoryCatalogue(3).identities;
    expect(
      parseGetUpdateDecryptionDataResponse(
        await sync(writeGetUpdateDecryptionDataRequest({ cookie, identities }, '1.1')),
      ),
    ).to.deep.equal([]);
    const many = Array.from({ length: 101 }, (_, index) => ({ updateId: guid(index), revisionNumber: 1 }));
    expect(await fault(writeGetUpdateDecryptionDataRequest({ cookie, identities: many }, '1.1'))).to.equal(
      'InvalidParameters updateIds',
    );
    const digest = Buffer.alloc(20, 1).toString('base64');
    parseEmptyResponse(await sync(writeDownloadFilesRequest({ cookie, digests: [digest] }, '1.1')), 'DownloadFiles');
    expect(await fault(writeDownloadFilesRequest({ cookie, digests: [digest, 'AA==', 'AQ=='] }, '1.1'))).to.equal(
      'FileDigestsMissing AA==|AQ==',
    );
    expect(
      await fault(writeDownloadFilesRequest({ cookie, digests: new Array<string>(101).fill(digest) }, '1.1')),
    ).to.equal('InvalidParameters fileDigestList');
    expect(await fault(writeDownloadFilesRequest({ cookie: undefined, digests: [] }, '1.1'))).to.equal('InvalidCookie');
    const withoutList = writeDownloadFilesRequest({ cookie, digests: [] }, '1.1')
      .toString()
      .replace('<fileDigestList></fileDigestList>', '');
    expect(await fault(Buffer.from(withoutList))).to.equal('InvalidParameters fileDigestList');
    expect(
      await fault(Buffer.from(withoutList.replace(/<cookie>.*<\/cookie>/, ''))),
      'the cookie is looked at first',
    ).to.equal('InvalidCookie');
    expect(await fault(Buffer.from(withoutList.replaceAll('DownloadFiles', 'GetUpdateData')))).to.equal(
      'InvalidParameters updateIds',
    );
  });

  it('reports: downstream servers report themselves, not their computers', async () => {
    const configuration = parseGetRollupConfigurationResponse(
      (await post(REPORTING_PATH, writeGetRollupConfigurationRequest('1.1'))).bytes,
    );
    expect(configuration).to.include({
      detailed: false,
      serverId: guid(77),
      downstreamServersMaximum: 5000,
      computerStatusMaximum: 500,
    });
    const server = {
      serverId: guid(5),
      fullDomainName: 'dss.contoso.com\nforged line',
      lastSyncTime: '2026-01-01T00:00:00',
      parentServerId: ZEROS,
      version: '10.0.1',
      isReplica: true,
      lastRollupTime: '1753-01-01T00:00:00',
      clientSummaries: 0,
    };
    parseEmptyResponse(
      (
        await post(
          REPORTING_PATH,
          writeRollupDownstreamServersRequest({ clientTime: '2026-01-01T00:00:00', servers: [server] }, '1.2'),
        )
      ).bytes,
      'RollupDownstreamServers',
    );
    expect(log.join('|')).to.contain(
      'downstream server dss.contoso.com?forged line (version 10.0.1) last synchronized at 2026-01-01T00:00:00',
    );
    const details = Buffer.from(
      writeGetRollupConfigurationRequest('1.1').toString().replaceAll('GetRollupConfiguration', 'RollupComputers'),
    );
    expect(await fault(details, REPORTING_PATH)).to.equal('InternalServerError');
    expect(await fault(details), 'it belongs to the reporting service').to.equal('InvalidParameters request');
  });

  it('Ping: on every service, who answers', async () => {
    for (const path of [SERVER_SYNC_PATH, DSS_AUTH_PATH, REPORTING_PATH]) {
      const answer = parsePingResponse((await post(path, writePingRequest(1, '1.2'))).bytes);
      expect(answer).to.include({
        success: true,
        service: path.split('/')[0],
        machine: 'sup.contoso.com',
        isHttps: false,
        contentType: 'application/soap+xml; charset=utf-8',
      });
    }
  });
});
