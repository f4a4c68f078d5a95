import { DSS_AUTH, SERVER_SYNC } from './namespaces.js';

/** The operations this product speaks (MS-WSUSSS 3.1.4). */
export type OperationName =
  | 'GetAuthConfig'
  | 'GetAuthorizationCookie'
  | 'GetCookie'
  | 'GetConfigData'
  | 'GetRevisionIdList'
  | 'GetUpdateData'
  | 'GetRelatedRevisionsForUpdates';

/** Path of the ServerSync service below the root of a server (MS-WSUSSS 2.1). */
export const SERVER_SYNC_PATH = 'ServerSyncWebService/ServerSyncWebService.asmx';

/** Path of the DSS authorization service below the root of a server. */
export const DSS_AUTH_PATH = 'DssAuthWebService/DssAuthWebService.asmx';

/** The namespace an operation belongs to. */
export function namespaceOf(operation: OperationName): string {
  return operation === 'GetAuthorizationCookie' ? DSS_AUTH : SERVER_SYNC;
}

/** The SOAPAction of an operation, without the quotes it travels in. */
export function soapActionOf(operation: OperationName): string {
  return `${namespaceOf(operation)}/${operation}`;
}
