// The client's side of operations that only downstream servers of other makes call.
import type { UpdateIdentity } from '../../server/metadata/UpdateIdentity.js';
import type { DownloadFilesRequest } from '../../server/wire/downloadFiles.js';
import type { FilterEntry } from '../../server/wire/fields.js';
import { writeCookieFields } from '../../server/wire/getCookie.js';
import type { Cookie } from '../../server/wire/getCookie.js';
import type {
  Deployment,
  DeploymentResult,
  DeploymentsRequest,
  TargetGroup,
} from '../../server/wire/getDeployments.js';
import type { DriverIdList, DriverIdListRequest } from '../../server/wire/getDriverIdList.js';
import type { DriverSet, DriverSetDataRequest } from '../../server/wire/getDriverSetData.js';
import type { RollupConfiguration } from '../../server/wire/getRollupConfiguration.js';
import type { UpdateDecryption, UpdateDecryptionRequest } from '../../server/wire/getUpdateDecryptionData.js';
import { identityElement } from '../../server/wire/identity.js';
import { namespaceOf } from '../../server/wire/operations.js';
import type { OperationName, SoapVersion } from '../../server/wire/operations.js';
import type { PingAnswer } from '../../server/wire/ping.js';
import type { DownstreamServer, DownstreamServersReport } from '../../server/wire/rollupDownstreamServers.js';
import { readEnvelope, readResult, writeRequest } from '../../server/wire/soap.js';
import { malformed } from '../../server/xml/malformed.js';
import { childOf, childrenOf, textOf } from '../../server/xml/tree.js';
import type { XmlElement } from '../../server/xml/tree.js';
import { booleanOf, guidOf, integerOf } from '../../server/xml/values.js';
import { element, wrapped } from '../../server/xml/write.js';

/** The cookie of every call of the reporting service (MS-WSUSSS 3.1.4.13.2.1). */
export const ROLLUP_COOKIE: Cookie = { expiration: '9999-12-31T23:59:59.9999999', encryptedData: '' };

/** Writes DownloadFiles (MS-WSUSSS 3.1.4.11). */
export function writeDownloadFilesRequest({ cookie, digests }: DownloadFilesRequest, soap: SoapVersion): Buffer {
  return writeRequest(
    'DownloadFiles',
    cookieElement(cookie) +
      wrapped(
        'fileDigestList',
        digests.map((digest) => element('base64Binary', digest)),
      ),
    soap,
  );
}

/** Writes GetDeployments (MS-WSUSSS 3.1.4.10). */
export function writeGetDeploymentsRequest(
  { cookie, deploymentAnchor, syncAnchor }: DeploymentsRequest,
  soap: SoapVersion,
): Buffer {
  return writeRequest(
    'GetDeployments',
    cookieElement(cookie) +
      element('deploymentAnchor', deploymentAnchor || undefined) +
      element('syncAnchor', syncAnchor),
    soap,
  );
}

/** Reads groups, deployments, hidden updates and accepted licence terms (MS-WSUSSS 3.1.4.10). */
export function parseGetDeploymentsResponse(bytes: Uint8Array): DeploymentResult {
  const result = readResult(bytes, 'GetDeployments');
  if (result === undefined) throw malformed('GetDeployments', 'it contains no result');
  return {
    anchor: textOf(result, 'Anchor'),
    groups: childrenOf(childOf(result, 'Groups'), 'ServerSyncTargetGroup').map(readGroup),
    deployments: childrenOf(childOf(result, 'Deployments'), 'ServerSyncDeployment').map(readDeployment),
    deadDeployments: guidsOf(result, 'DeadDeployments'),
    hiddenUpdates: guidsOf(result, 'HiddenUpdates'),
    acceptedEulas: guidsOf(result, 'AcceptedEulas'),
  };
}

function readGroup(group: XmlElement): TargetGroup {
  return {
    groupId: guidOf(textOf(group, 'TargetGroupID')),
    parentId: guidOf(textOf(group, 'ParentGroupId')),
    name: textOf(group, 'Name'),
    isBuiltin: booleanOf(group, 'IsBuiltin'),
  };
}

function readDeployment(deployment: XmlElement): Deployment {
  return {
    identity: {
      updateId: guidOf(textOf(deployment, 'UpdateId')),
      revisionNumber: integerOf(deployment, 'RevisionNumber', 0),
    },
    action: integerOf(deployment, 'Action', 0),
    adminName: textOf(deployment, 'AdminName'),
    deadline: textOf(deployment, 'Deadline').trim(),
    isAssigned: booleanOf(deployment, 'IsAssigned'),
    goLiveTime: textOf(deployment, 'GoLiveTime').trim(),
    deploymentId: guidOf(textOf(deployment, 'DeploymentGuid')),
    groupId: guidOf(textOf(deployment, 'TargetGroupId')),
    downloadPriority: integerOf(deployment, 'DownloadPriority', 1),
  };
}

/** Writes GetDriverIdList (MS-WSUSSS 3.1.4.7). */
export function writeGetDriverIdListRequest({ cookie, filter }: DriverIdListRequest, soap: SoapVersion): Buffer {
  const fields = [
    element('Anchor', filter.anchor || undefined),
    wrapped('Categories', filter.categories.map(entryOf('IdAndDelta'))),
    wrapped('ComputerIds', filter.computerIds.map(entryOf('IdAndDelta'))),
    wrapped('PnpHardwareIds', filter.hardwareIds.map(entryOf('HardwareIdAndDelta'))),
  ];
  return writeRequest('GetDriverIdList', cookieElement(cookie) + wrapped('filter', fields), soap);
}

function entryOf(name: string): (entry: FilterEntry<string>) => string {
  return ({ id, delta }) => `<${name}>${element('Id', id)}${element('Delta', delta)}</${name}>`;
}

/** Reads the list of drivers and driver sets (MS-WSUSSS 3.1.4.7). */
export function parseGetDriverIdListResponse(bytes: Uint8Array): DriverIdList {
  const result = readResult(bytes, 'GetDriverIdList');
  return {
    anchor: textOf(result, 'Anchor'),
    revisions: childrenOf(childOf(result, 'NewRevisions'), 'UpdateIdentity').map(identityOf),
    newDriverSets: guidsOf(result, 'NewDriverSets'),
    removedDriverSets: guidsOf(result, 'RemovedDriverSets'),
  };
}

/** Writes GetDriverSetData (MS-WSUSSS 3.1.4.8). */
export function writeGetDriverSetDataRequest({ cookie, driverSets }: DriverSetDataRequest, soap: SoapVersion): Buffer {
  return writeRequest(
    'GetDriverSetData',
    cookieElement(cookie) +
      wrapped(
        'driverSets',
        driverSets.map((id) => element('guid', id)),
      ),
    soap,
  );
}

/** Reads driver sets (MS-WSUSSS 3.1.4.8). */
export function parseGetDriverSetDataResponse(bytes: Uint8Array): readonly DriverSet[] {
  const sets = childrenOf(childOf(readResult(bytes, 'GetDriverSetData'), 'DriverSets'), 'ServerSyncDriverSetData');
  return sets.map((set) => ({ driverSetId: guidOf(textOf(set, 'DriverSetId')), xml: textOf(set, 'DriverSetXml') }));
}

/** Writes GetRollupConfiguration (MS-WSUSSS 3.1.4.13). */
export function writeGetRollupConfigurationRequest(soap: SoapVersion): Buffer {
  return writeRequest('GetRollupConfiguration', cookieElement(ROLLUP_COOKIE), soap);
}

/** Reads what a server wants to hear (MS-WSUSSS 3.1.4.13). */
export function parseGetRollupConfigurationResponse(bytes: Uint8Array): RollupConfiguration {
  const result = readResult(bytes, 'GetRollupConfiguration');
  if (result === undefined) throw malformed('GetRollupConfiguration', 'it contains no result');
  return {
    detailed: booleanOf(result, 'DoDetailedRollup'),
    resetGuid: guidOf(textOf(result, 'RollupResetGuid')),
    serverId: guidOf(textOf(result, 'ServerId')),
    downstreamServersMaximum: integerOf(result, 'RollupDownstreamServersMaxBatchSize', 0),
    computersMaximum: integerOf(result, 'RollupComputersMaxBatchSize', 0),
    outOfSyncComputersMaximum: integerOf(result, 'GetOutOfSyncComputersMaxBatchSize', 0),
    computerStatusMaximum: integerOf(result, 'RollupComputerStatusMaxBatchSize', 0),
  };
}

/** Writes GetUpdateDecryptionData (MS-WSUSSS 3.1.4.18). */
export function writeGetUpdateDecryptionDataRequest(request: UpdateDecryptionRequest, soap: SoapVersion): Buffer {
  const ids = wrapped(
    'updateIds',
    request.identities.map((identity) => identityElement('UpdateIdentity', identity)),
  );
  return writeRequest('GetUpdateDecryptionData', cookieElement(request.cookie) + ids, soap);
}

/** Reads the keys of files (MS-WSUSSS 3.1.4.18). */
export function parseGetUpdateDecryptionDataResponse(bytes: Uint8Array): readonly UpdateDecryption[] {
  const result = readResult(bytes, 'GetUpdateDecryptionData');
  return childrenOf(childOf(result, 'UpdateFileDecryptionData'), 'ServerSyncUpdateFileDecryption').map(readUpdate);
}

function readUpdate(update: XmlElement): UpdateDecryption {
  const files = childrenOf(childOf(update, 'FileDecryptionData'), 'ServerSyncFileDecryption');
  return {
    identity: identityOf(childOf(update, 'UpdateId')),
    files: files.map((file) => ({
      digest: textOf(file, 'FileDigest').trim(),
      key: textOf(file, 'DecryptionKey').trim(),
    })),
  };
}

/** Writes Ping with its level. */
export function writePingRequest(level: number, soap: SoapVersion): Buffer {
  return writeRequest('Ping', element('pingLevel', level), soap);
}

/** Reads what a service says of itself. */
export function parsePingResponse(bytes: Uint8Array): PingAnswer {
  const result = readResult(bytes, 'Ping');
  if (result === undefined) throw malformed('Ping', 'it contains no result');
  return {
    success: booleanOf(result, 'SuccessFlag'),
    time: textOf(result, 'ServicesTime').trim(),
    service: textOf(result, 'ServicesName'),
    machine: textOf(result, 'ServicesMachine'),
    isHttps: booleanOf(result, 'IsHttps'),
    contentType: textOf(result, 'RequestContentType'),
  };
}

/** Writes RollupDownstreamServers; there are no computers below us to tell of (MS-WSUSSS 3.1.4.14). */
export function writeRollupDownstreamServersRequest(
  { clientTime, servers }: DownstreamServersReport,
  soap: SoapVersion,
): Buffer {
  const list = wrapped('downstreamServers', servers.map(writeServer));
  return writeRequest(
    'RollupDownstreamServers',
    cookieElement(ROLLUP_COOKIE) + element('clientTime', clientTime) + list,
    soap,
  );
}

function writeServer(server: DownstreamServer): string {
  return wrapped('DownstreamServerRollupInfo', [
    element('ServerId', server.serverId),
    element('FullDomainName', server.fullDomainName),
    element('LastSyncTime', server.lastSyncTime),
    element('ParentServerId', server.parentServerId),
    element('Version', server.version),
    element('IsReplica', server.isReplica),
    element('LastRollupTime', server.lastRollupTime),
    '<ClientSummaries></ClientSummaries>',
  ]);
}

/** Makes sure that it is that response. */
export function parseEmptyResponse(bytes: Uint8Array, operation: OperationName): void {
  const { payload } = readEnvelope(bytes, operation);
  if (payload.name !== `${operation}Response` || payload.namespace !== namespaceOf(operation))
    throw malformed(operation, `its body contains ${payload.name}`);
}

/** The cookie of a request; nothing where there is none. */
export function cookieElement(cookie: Cookie | undefined): string {
  return cookie === undefined ? '' : `<cookie>${writeCookieFields(cookie)}</cookie>`;
}

/** The revision that an element names (UpdateIdentity, MS-WSUSSS 2.2.4.9). */
export function identityOf(element: XmlElement | undefined): UpdateIdentity {
  return { updateId: guidOf(textOf(element, 'UpdateID')), revisionNumber: integerOf(element, 'RevisionNumber', 0) };
}

/** The GUIDs in a wrapper element (ArrayOfGuid); none where it is absent. */
export function guidsOf(element: XmlElement | undefined, name: string): readonly string[] {
  return childrenOf(childOf(element, name), 'guid').map((entry) => guidOf(entry.text));
}
