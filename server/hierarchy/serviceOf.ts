import { DSS_AUTH_PATH, REPORTING_PATH, SERVER_SYNC_PATH } from '../wire/soap.js';
import type { OperationName } from '../wire/soap.js';

/** The services of the server role. */
export type ServiceName = 'ServerSync' | 'DssAuth' | 'Reporting';

/**
 * The service a request path names: any letter case, doubled slashes accepted, query ignored; undefined for other
 * paths.
 */
export function serviceOf(url: string): ServiceName | undefined {
  const path = (url.split('?')[0] ?? '')
    .replace(/\/{2,}/g, '/')
    .replace(/^\//, '')
    .toLowerCase();
  return SERVICES.find(([, known]) => known.toLowerCase() === path)?.[0];
}

const SERVICES: readonly (readonly [ServiceName, string])[] = [
  ['ServerSync', SERVER_SYNC_PATH],
  ['DssAuth', DSS_AUTH_PATH],
  ['Reporting', REPORTING_PATH],
];

/** What each service answers (MS-WSUSSS 3.1.4, appendix WSDL). */
const OPERATIONS: Readonly<Record<ServiceName, ReadonlySet<string>>> = {
  ServerSync: new Set<OperationName>([
    'GetAuthConfig',
    'GetCookie',
    'GetConfigData',
    'GetRevisionIdList',
    'GetUpdateData',
    'GetRelatedRevisionsForUpdates',
    'GetUpdateDecryptionData',
    'GetDriverIdList',
    'GetDriverSetData',
    'GetDeployments',
    'DownloadFiles',
    'Ping',
  ]),
  DssAuth: new Set<OperationName>(['GetAuthorizationCookie', 'Ping']),
  Reporting: new Set<OperationName>([
    'GetRollupConfiguration',
    'RollupDownstreamServers',
    'RollupComputers',
    'GetOutOfSyncComputers',
    'RollupComputerStatus',
    'Ping',
  ]),
};

/** The operation of this name in a service, undefined where the service has none. */
export function operationOf(service: ServiceName, name: string): OperationName | undefined {
  return OPERATIONS[service].has(name) ? (name as OperationName) : undefined;
}
