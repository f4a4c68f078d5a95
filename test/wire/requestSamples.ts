import { parseDownloadFilesRequest } from '../../server/wire/downloadFiles/parseDownloadFilesRequest.js';
import { writeDownloadFilesRequest } from '../../server/wire/downloadFiles/writeDownloadFilesRequest.js';
import { parseGetAuthConfigRequest } from '../../server/wire/getAuthConfig/parseGetAuthConfigRequest.js';
import { writeGetAuthConfigRequest } from '../../server/wire/getAuthConfig/writeGetAuthConfigRequest.js';
import { parseGetAuthorizationCookieRequest } from '../../server/wire/getAuthorizationCookie/parseGetAuthorizationCookieRequest.js';
import { writeGetAuthorizationCookieRequest } from '../../server/wire/getAuthorizationCookie/writeGetAuthorizationCookieRequest.js';
import { parseGetConfigDataRequest } from '../../server/wire/getConfigData/parseGetConfigDataRequest.js';
import { writeGetConfigDataRequest } from '../../server/wire/getConfigData/writeGetConfigDataRequest.js';
import type { Cookie } from '../../server/wire/getCookie/Cookie.js';
import { parseGetCookieRequest } from '../../server/wire/getCookie/parseGetCookieRequest.js';
import { writeGetCookieRequest } from '../../server/wire/getCookie/writeGetCookieRequest.js';
import { parseGetDeploymentsRequest } from '../../server/wire/getDeployments/parseGetDeploymentsRequest.js';
import { writeGetDeploymentsRequest } from '../../server/wire/getDeployments/writeGetDeploymentsRequest.js';
import { parseGetDriverIdListRequest } from '../../server/wire/getDriverIdList/parseGetDriverIdListRequest.js';
import { writeGetDriverIdListRequest } from '../../server/wire/getDriverIdList/writeGetDriverIdListRequest.js';
import { parseGetDriverSetDataRequest } from '../../server/wire/getDriverSetData/parseGetDriverSetDataRequest.js';
import { writeGetDriverSetDataRequest } from '../../server/wire/getDriverSetData/writeGetDriverSetDataRequest.js';
import { parseGetRelatedRevisionsRequest } from '../../server/wire/getRelatedRevisions/parseGetRelatedRevisionsRequest.js';
import { writeGetRelatedRevisionsRequest } from '../../server/wire/getRelatedRevisions/writeGetRelatedRevisionsRequest.js';
import { parseGetRevisionIdListRequest } from '../../server/wire/getRevisionIdList/parseGetRevisionIdListRequest.js';
import { writeGetRevisionIdListRequest } from '../../server/wire/getRevisionIdList/writeGetRevisionIdListRequest.js';
import { parseGetRollupConfigurationRequest } from '../../server/wire/getRollupConfiguration/parseGetRollupConfigurationRequest.js';
import { writeGetRollupConfigurationRequest } from '../../server/wire/getRollupConfiguration/writeGetRollupConfigurationRequest.js';
import { parseGetUpdateDataRequest } from '../../server/wire/getUpdateData/parseGetUpdateDataRequest.js';
import { writeGetUpdateDataRequest } from '../../server/wire/getUpdateData/writeGetUpdateDataRequest.js';
import { parseGetUpdateDecryptionDataRequest } from '../../server/wire/getUpdateDecryptionData/parseGetUpdateDecryptionDataRequest.js';
import { writeGetUpdateDecryptionDataRequest } from '../../server/wire/getUpdateDecryptionData/writeGetUpdateDecryptionDataRequest.js';
import { parsePingRequest } from '../../server/wire/ping/parsePingRequest.js';
import { writePingRequest } from '../../server/wire/ping/writePingRequest.js';
import { parseRollupDownstreamServersRequest } from '../../server/wire/rollupDownstreamServers/parseRollupDownstreamServersRequest.js';
import { writeRollupDownstreamServersRequest } from '../../server/wire/rollupDownstreamServers/writeRollupDownstreamServersRequest.js';
import { DSS_AUTH_PATH, REPORTING_PATH, SERVER_SYNC_PATH } from '../../server/wire/soap/operations.js';
import { guid } from '../upstream/memoryCatalogue.js';

/** A request as a client writes it, who takes it, and how it is read. */
export interface RequestSample {
  readonly path: string;
  readonly bytes: Buffer;
  readonly parse: (bytes: Uint8Array) => unknown;
  /** A parameter that holds text or entries. */
  readonly parameter: string;
}

/** One request of each operation that reads its parameters. */
export function requestSamples(cookie: Cookie): Readonly<Record<string, RequestSample>> {
  const identities = [1, 2].map((number) => ({ updateId: guid(number), revisionNumber: number }));
  const entries = [{ id: guid(1), delta: true }];
  const sync = (bytes: Buffer, parse: RequestSample['parse'], parameter: string): RequestSample => ({
    path: SERVER_SYNC_PATH,
    bytes,
    parse,
    parameter,
  });
  return {
    ...withoutCookie(),
    GetConfigData: sync(
      writeGetConfigDataRequest({ cookie, configAnchor: 'a' }, '1.1'),
      parseGetConfigDataRequest,
      'configAnchor',
    ),
    GetRevisionIdList: sync(
      writeGetRevisionIdListRequest(
        {
          cookie,
          filter: {
            config: false,
            anchor: 'a',
            categories: entries,
            classifications: entries,
            languages: [{ id: 1033, delta: true }],
          },
        },
        '1.1',
      ),
      parseGetRevisionIdListRequest,
      'filter',
    ),
    GetUpdateData: sync(
      writeGetUpdateDataRequest({ cookie, identities }, '1.2'),
      parseGetUpdateDataRequest,
      'updateIds',
    ),
    GetRelatedRevisionsForUpdates: sync(
      writeGetRelatedRevisionsRequest({ cookie, updateIds: [guid(1)] }, '1.1'),
      parseGetRelatedRevisionsRequest,
      'updateIDs',
    ),
    GetUpdateDecryptionData: sync(
      writeGetUpdateDecryptionDataRequest({ cookie, identities }, '1.1'),
      parseGetUpdateDecryptionDataRequest,
      'updateIds',
    ),
    GetDriverIdList: sync(
      writeGetDriverIdListRequest(
        {
          cookie,
          filter: {
            anchor: '',
            categories: entries,
            computerIds: entries,
            hardwareIds: [{ id: 'PCI\\VEN_1', delta: false }],
          },
        },
        '1.1',
      ),
      parseGetDriverIdListRequest,
      'filter',
    ),
    GetDriverSetData: sync(
      writeGetDriverSetDataRequest({ cookie, driverSets: [guid(1)] }, '1.1'),
      parseGetDriverSetDataRequest,
      'driverSets',
    ),
    GetDeployments: sync(
      writeGetDeploymentsRequest({ cookie, deploymentAnchor: 'd', syncAnchor: 's' }, '1.1'),
      parseGetDeploymentsRequest,
      'syncAnchor',
    ),
    DownloadFiles: sync(
      writeDownloadFilesRequest({ cookie, digests: ['AAAA'] }, '1.1'),
      parseDownloadFilesRequest,
      'fileDigestList',
    ),
  };
}

function withoutCookie(): Readonly<Record<string, RequestSample>> {
  const server = {
    serverId: guid(1),
    fullDomainName: 'a.b',
    lastSyncTime: '2026-01-01T00:00:00Z',
    parentServerId: guid(0),
    version: '10.0',
    isReplica: true,
    lastRollupTime: '2026-01-01T00:00:00Z',
    clientSummaries: 0,
  };
  const authCookies = [{ plugInId: 'DssTargeting', cookieData: 'AAAA' }];
  return {
    GetAuthConfig: {
      path: SERVER_SYNC_PATH,
      bytes: writeGetAuthConfigRequest('1.1'),
      parse: parseGetAuthConfigRequest,
      parameter: 'more',
    },
    GetAuthorizationCookie: {
      path: DSS_AUTH_PATH,
      bytes: writeGetAuthorizationCookieRequest(
        { accountName: 'a.b', accountGuid: guid(1), programKeys: [guid(2)] },
        '1.1',
      ),
      parse: parseGetAuthorizationCookieRequest,
      parameter: 'accountName',
    },
    GetCookie: {
      path: SERVER_SYNC_PATH,
      bytes: writeGetCookieRequest({ authCookies, protocolVersion: '1.20' }, '1.1'),
      parse: parseGetCookieRequest,
      parameter: 'protocolVersion',
    },
    Ping: {
      path: SERVER_SYNC_PATH,
      bytes: writePingRequest(1, '1.1'),
      parse: parsePingRequest,
      parameter: 'pingLevel',
    },
    GetRollupConfiguration: {
      path: REPORTING_PATH,
      bytes: writeGetRollupConfigurationRequest('1.1'),
      parse: parseGetRollupConfigurationRequest,
      parameter: 'more',
    },
    RollupDownstreamServers: {
      path: REPORTING_PATH,
      bytes: writeRollupDownstreamServersRequest({ clientTime: '2026-01-01T00:00:00Z', servers: [server] }, '1.1'),
      parse: parseRollupDownstreamServersRequest,
      parameter: 'downstreamServers',
    },
  };
}
