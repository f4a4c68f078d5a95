import { DSS_AUTH_PATH, SERVER_SYNC_PATH, type OperationName } from '../wire/soap/operations.js';

/** The services of the server role. */
export type ServiceName = 'ServerSync' | 'DssAuth';

/** The service a request path names: any letter case, doubled slashes accepted, query ignored; undefined for other paths. */
export function serviceOf(url: string): ServiceName | undefined {
  const path = (url.split('?')[0] ?? '').replace(/\/{2,}/g, '/').replace(/^\//, '').toLowerCase();
  if (path === SERVER_SYNC_PATH.toLowerCase()) return 'ServerSync';
  return path === DSS_AUTH_PATH.toLowerCase() ? 'DssAuth' : undefined;
}

const SERVER_SYNC_OPERATIONS: ReadonlySet<string> = new Set(['GetAuthConfig', 'GetCookie', 'GetConfigData', 'GetRevisionIdList', 'GetUpdateData', 'GetRelatedRevisionsForUpdates']);

/** The operation of this name in a service, undefined where the service has none. */
export function operationOf(service: ServiceName, name: string): OperationName | undefined {
  const known = service === 'ServerSync' ? SERVER_SYNC_OPERATIONS.has(name) : name === 'GetAuthorizationCookie';
  return known ? (name as OperationName) : undefined;
}
