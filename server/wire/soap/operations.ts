import { DSS_AUTH, MONITORABLE, SERVER_SYNC } from './namespaces.js';

/** The operations this product speaks (MS-WSUSSS 3.1.4). */
export type OperationName =
  | 'GetAuthConfig'
  | 'GetAuthorizationCookie'
  | 'GetCookie'
  | 'GetConfigData'
  | 'GetRevisionIdList'
  | 'GetUpdateData'
  | 'GetRelatedRevisionsForUpdates'
  | 'GetUpdateDecryptionData'
  | 'GetDriverIdList'
  | 'GetDriverSetData'
  | 'GetDeployments'
  | 'DownloadFiles'
  | 'Ping'
  | 'GetRollupConfiguration'
  | 'RollupDownstreamServers'
  | 'RollupComputers'
  | 'GetOutOfSyncComputers'
  | 'RollupComputerStatus';

/** Path of the ServerSync service below the root of a server (MS-WSUSSS 2.1). */
export const SERVER_SYNC_PATH = 'ServerSyncWebService/ServerSyncWebService.asmx';

/** Path of the DSS authorization service below the root of a server. */
export const DSS_AUTH_PATH = 'DssAuthWebService/DssAuthWebService.asmx';

/** Path of the reporting service below the root of a server. */
export const REPORTING_PATH = 'ReportingWebService/ReportingWebService.asmx';

/** The namespace an operation belongs to. */
export function namespaceOf(operation: OperationName): string {
  if (operation === 'Ping') return MONITORABLE;
  return operation === 'GetAuthorizationCookie' ? DSS_AUTH : SERVER_SYNC;
}

/** The SOAPAction of an operation, without the quotes it travels in. */
export function soapActionOf(operation: OperationName): string {
  return `${namespaceOf(operation)}/${operation}`;
}
