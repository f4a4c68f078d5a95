/** Operations and types of the ServerSync service (MS-WSUSSS 2.2.1). */
const SERVER_SYNC = 'http://www.microsoft.com/SoftwareDistribution';

/**
 * GetAuthorizationCookie and the cookie it answers with; the same cookie is re-written in SERVER_SYNC inside GetCookie.
 */
const DSS_AUTH = 'http://www.microsoft.com/SoftwareDistribution/Server/DssAuthWebService';

/** Ping, on every service. */
const MONITORABLE = 'http://www.microsoft.com/SoftwareDistribution/Server/IMonitorable';

/** Both versions are spoken; an answer takes the version of its request (MS-WSUSSS 2.1). */
export type SoapVersion = '1.1' | '1.2';

/** The envelope namespace of each version. */
export const ENVELOPE: Readonly<Record<SoapVersion, string>> = {
  '1.1': 'http://schemas.xmlsoap.org/soap/envelope/',
  '1.2': 'http://www.w3.org/2003/05/soap-envelope',
};

/** The Content-Type each version travels with. */
export const CONTENT_TYPE: Readonly<Record<SoapVersion, string>> = {
  '1.1': 'text/xml; charset=utf-8',
  '1.2': 'application/soap+xml; charset=utf-8',
};

/** The version an envelope namespace stands for, undefined for any other namespace. */
export function soapVersionOf(namespace: string): SoapVersion | undefined {
  if (namespace === ENVELOPE['1.1']) return '1.1';
  return namespace === ENVELOPE['1.2'] ? '1.2' : undefined;
}

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
