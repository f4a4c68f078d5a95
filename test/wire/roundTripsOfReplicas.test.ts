import { expect } from 'chai';
import fc from 'fast-check';
import { parseDownloadFilesRequest } from '../../server/wire/downloadFiles.js';
import { parseGetDeploymentsRequest } from '../../server/wire/getDeployments.js';
import { parseGetDriverIdListRequest, writeGetDriverIdListResponse } from '../../server/wire/getDriverIdList.js';
import { parseGetDriverSetDataRequest, writeGetDriverSetDataResponse } from '../../server/wire/getDriverSetData.js';
import {
  parseGetRollupConfigurationRequest,
  writeGetRollupConfigurationResponse,
} from '../../server/wire/getRollupConfiguration.js';
import {
  parseGetUpdateDecryptionDataRequest,
  writeGetUpdateDecryptionDataResponse,
} from '../../server/wire/getUpdateDecryptionData.js';
import { parsePingRequest, writePingResponse } from '../../server/wire/ping.js';
import { parseRollupDownstreamServersRequest } from '../../server/wire/rollupDownstreamServers.js';
import { writeEmptyResponse } from '../../server/wire/soap.js';
import { guid } from '../upstream/memoryCatalogue.js';
import { base64, cookie, identity, text, word } from './arbitraries.js';
import { roundTrip } from './roundTrip.js';
import { deploymentResult } from './wholeMessages.js';
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
} from './clientCodecs.js';

const anyGuid = fc.nat().map(guid);
const guids = fc.array(anyGuid, { maxLength: 4 });
const entries = fc.array(fc.record({ id: anyGuid, delta: fc.boolean() }), { maxLength: 4 });
const time = fc.constantFrom('9999-12-31T23:59:59.9999999', '1753-01-01T00:00:00', '2026-01-01T00:00:00Z');

const deployment = fc.record({
  identity,
  action: fc.nat(3),
  adminName: text,
  deadline: time,
  isAssigned: fc.boolean(),
  goLiveTime: time,
  deploymentId: anyGuid,
  groupId: anyGuid,
  downloadPriority: fc.integer({ min: 1, max: 3 }),
});

describe('wire messages of replicas, drivers and reports, written and read', () => {
  roundTrip({
    name: 'GetUpdateDecryptionData',
    message: fc.record({ cookie, identities: fc.array(identity) }),
    write: writeGetUpdateDecryptionDataRequest,
    parse: parseGetUpdateDecryptionDataRequest,
  });
  roundTrip({
    name: 'GetUpdateDecryptionDataResponse',
    message: fc.array(
      fc.record({ identity, files: fc.array(fc.record({ digest: base64, key: base64 }), { maxLength: 3 }) }),
      { maxLength: 3 },
    ),
    write: writeGetUpdateDecryptionDataResponse,
    parse: parseGetUpdateDecryptionDataResponse,
  });
  roundTrip({
    name: 'GetDriverIdList',
    message: fc.record({
      cookie,
      filter: fc.record({
        anchor: text,
        categories: entries,
        computerIds: entries,
        hardwareIds: fc.array(fc.record({ id: text, delta: fc.boolean() }), { maxLength: 3 }),
      }),
    }),
    write: writeGetDriverIdListRequest,
    parse: parseGetDriverIdListRequest,
  });
  roundTrip({
    name: 'GetDriverIdListResponse',
    message: fc.record({
      anchor: text,
      revisions: fc.array(identity, { maxLength: 4 }),
      newDriverSets: guids,
      removedDriverSets: guids,
    }),
    write: writeGetDriverIdListResponse,
    parse: parseGetDriverIdListResponse,
  });
  roundTrip({
    name: 'GetDriverSetData',
    message: fc.record({ cookie, driverSets: guids }),
    write: writeGetDriverSetDataRequest,
    parse: parseGetDriverSetDataRequest,
  });
  roundTrip({
    name: 'GetDriverSetDataResponse',
    message: fc.array(fc.record({ driverSetId: anyGuid, xml: text }), { maxLength: 3 }),
    write: writeGetDriverSetDataResponse,
    parse: parseGetDriverSetDataResponse,
  });
  roundTrip({
    name: 'GetDeployments',
    message: fc.record({ cookie, deploymentAnchor: text, syncAnchor: text }),
    write: writeGetDeploymentsRequest,
    parse: parseGetDeploymentsRequest,
  });
  roundTrip({
    name: 'GetDeploymentsResponse',
    message: fc.record({
      anchor: text,
      groups: fc.array(fc.record({ groupId: anyGuid, parentId: anyGuid, name: text, isBuiltin: fc.boolean() }), {
        maxLength: 3,
      }),
      deployments: fc.array(deployment, { maxLength: 3 }),
      deadDeployments: guids,
      hiddenUpdates: guids,
      acceptedEulas: guids,
    }),
    write: deploymentResult,
    parse: parseGetDeploymentsResponse,
  });
  roundTrip({
    name: 'DownloadFiles',
    message: fc.record({ cookie, digests: fc.array(base64, { maxLength: 4 }) }),
    write: writeDownloadFilesRequest,
    parse: parseDownloadFilesRequest,
  });
  roundTrip({
    name: 'DownloadFilesResponse',
    message: fc.constant(undefined),
    write: (_nothing, soap) => writeEmptyResponse('DownloadFiles', soap),
    parse: (bytes) => {
      parseEmptyResponse(bytes, 'DownloadFiles');
    },
  });
  roundTrip({ name: 'Ping', message: fc.nat(9), write: writePingRequest, parse: parsePingRequest });
  roundTrip({
    name: 'PingResponse',
    message: fc.record({
      success: fc.boolean(),
      time,
      service: text,
      machine: text,
      isHttps: fc.boolean(),
      contentType: text,
    }),
    write: writePingResponse,
    parse: parsePingResponse,
  });
  roundTrip({
    name: 'GetRollupConfiguration',
    message: fc.constant(undefined),
    write: (_nothing, soap) => writeGetRollupConfigurationRequest(soap),
    parse: (bytes) => {
      parseGetRollupConfigurationRequest(bytes);
    },
  });
  roundTrip({
    name: 'GetRollupConfigurationResponse',
    message: fc.record({
      detailed: fc.boolean(),
      resetGuid: anyGuid,
      serverId: anyGuid,
      downstreamServersMaximum: fc.nat(),
      computersMaximum: fc.nat(),
      outOfSyncComputersMaximum: fc.nat(),
      computerStatusMaximum: fc.nat(),
    }),
    write: writeGetRollupConfigurationResponse,
    parse: parseGetRollupConfigurationResponse,
  });
  roundTrip({
    name: 'RollupDownstreamServers',
    message: fc.record({
      clientTime: time,
      servers: fc.array(
        fc.record({
          serverId: anyGuid,
          fullDomainName: text,
          lastSyncTime: time,
          parentServerId: anyGuid,
          version: word,
          isReplica: fc.boolean(),
          lastRollupTime: time,
          clientSummaries: fc.constant(0),
        }),
        { maxLength: 3 },
      ),
    }),
    write: writeRollupDownstreamServersRequest,
    parse: parseRollupDownstreamServersRequest,
  });

  it('wrappers stand even when they are empty, in the order of the WSDL', () => {
    const empty = {
      anchor: 'a',
      groups: [],
      deployments: [],
      deadDeployments: [],
      hiddenUpdates: [],
      acceptedEulas: [],
    };
    expect(deploymentResult(empty, '1.1').toString()).to.contain(
      '<Anchor>a</Anchor><Groups></Groups><Deployments></Deployments><DeadDeployments></DeadDeployments>' +
        '<HiddenUpdates></HiddenUpdates><AcceptedEulas></AcceptedEulas>',
    );
    expect(writeGetUpdateDecryptionDataResponse([], '1.1').toString()).to.contain(
      '<UpdateFileDecryptionData></UpdateFileDecryptionData>',
    );
    expect(() => parseEmptyResponse(writePingRequest(1, '1.1'), 'DownloadFiles'))
      .to.throw()
      .with.property('errorId', 'UpstreamMalformed');
  });
});
