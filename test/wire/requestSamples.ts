import { parseDownloadFilesRequest } from '../../server/wire/downloadFiles.js';
import { parseGetAuthConfigRequest, writeGetAuthConfigRequest } from '../../server/wire/getAuthConfig.js';
import {
  parseGetAuthorizationCookieRequest,
  writeGetAuthorizationCookieRequest,
} from '../../server/wire/getAuthorizationCookie.js';
import { parseGetConfigDataRequest, writeGetConfigDataRequest } from '../../server/wire/getConfigData.js';
import { parseGetCookieRequest, writeGetCookieRequest } from '../../server/wire/getCookie.js';
import type { Cookie } from '../../server/wire/getCookie.js';
import { parseGetDeploymentsRequest } from '../../server/wire/getDeployments.js';
import { parseGetDriverIdListRequest } from '../../server/wire/getDriverIdList.js';
import { parseGetDriverSetDataRequest } from '../../server/wire/getDriverSetData.js';
import {
  parseGetRelatedRevisionsRequest,
  writeGetRelatedRevisionsRequest,
} from '../../server/wire/getRelatedRevisions.js';
import { parseGetRevisionIdListRequest, writeGetRevisionIdListRequest } from '../../server/wire/getRevisionIdList.js';
import { parseGetRollupConfigurationRequest } from '../../server/wire/getRollupConfiguration.js';
import { parseGetUpdateDataRequest, writeGetUpdateDataRequest } from '../../server/wire/getUpdateData.js';
import { parseGetUpdateDecryptionDataRequest } from '../../server/wire/getUpdateDecryptionData.js';
import { parsePingRequest } from '../../server/wire/ping.js';
import { parseRollupDownstreamServersRequest } from '../../server/wire/rollupDownstreamServers.js';
import { DSS_AUTH_PATH, REPORTING_PATH, SERVER_SYNC_PATH } from '../../server/wire/operations.js';
import { guid } from '../upstream/memoryCatalogue.js';
import {
  writeDownloadFilesRequest,
  writeGetDeploymentsRequest,
  writeGetDriverIdListRequest,
  writeGetDriverSetDataRequest,
  writeGetRollupConfigurationRequest,
  writeGetUpdateDecryptionDataRequest,
  writePingRequest,
  writeRollupDownstreamServersRequest,
} from './clientCodecs.js';

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
