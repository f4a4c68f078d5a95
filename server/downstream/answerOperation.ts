import { reasonOf, SyncError } from '../errors/SyncError.js';
import { peekCookie } from '../wire/getCookie.js';
import {
  DSS_AUTH_PATH,
  type OperationName,
  REPORTING_PATH,
  SERVER_SYNC_PATH,
  type SoapVersion,
} from '../wire/operations.js';
import { type Answer, refused, type ServerContext } from './ServerContext.js';
import { answerGetAuthConfig, answerGetAuthorizationCookie, answerGetCookie, checkCookie } from './answerCookies.js';
import { answerGetUpdateData } from './answerGetUpdateData.js';
import {
  answerGetConfigData,
  answerGetDriverIdList,
  answerGetDriverSetData,
  answerGetRelatedRevisions,
  answerGetRevisionIdList,
  answerGetUpdateDecryptionData,
} from './answerLists.js';
import { isAborted } from './port/RequestWork.js';
import { answerDownloadFiles, answerGetDeployments } from './answerReplicas.js';
import { answerGetRollupConfiguration, answerPing, answerRollupDownstreamServers } from './answerReporting.js';

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

type Answerer = (body: Buffer, soap: SoapVersion, context: ServerContext) => Answer | Promise<Answer>;

const ANSWERERS: Readonly<Record<OperationName, Answerer>> = {
  GetAuthConfig: answerGetAuthConfig,
  GetAuthorizationCookie: answerGetAuthorizationCookie,
  GetCookie: answerGetCookie,
  GetConfigData: answerGetConfigData,
  GetRevisionIdList: answerGetRevisionIdList,
  GetUpdateData: answerGetUpdateData,
  GetRelatedRevisionsForUpdates: answerGetRelatedRevisions,
  GetUpdateDecryptionData: answerGetUpdateDecryptionData,
  GetDriverIdList: answerGetDriverIdList,
  GetDriverSetData: answerGetDriverSetData,
  GetDeployments: answerGetDeployments,
  DownloadFiles: answerDownloadFiles,
  Ping: answerPing,
  GetRollupConfiguration: answerGetRollupConfiguration,
  RollupDownstreamServers: answerRollupDownstreamServers,
  RollupComputers: refuseDetails,
  GetOutOfSyncComputers: refuseDetails,
  RollupComputerStatus: refuseDetails,
};

/**
 * Details of computers are refused where GetRollupConfiguration says that they are not wanted (MS-WSUSSS 3.1.4.15 to
 * 3.1.4.17).
 */
function refuseDetails(): Answer {
  return refused('InternalServerError');
}

/** The parameter a request that cannot be read is refused for. */
const PARAMETER: Readonly<Record<OperationName, string>> = {
  GetAuthConfig: 'request',
  GetAuthorizationCookie: 'machineName',
  GetCookie: 'authCookies',
  GetConfigData: 'configAnchor',
  GetRevisionIdList: 'filter',
  GetUpdateData: 'updateIds',
  GetRelatedRevisionsForUpdates: 'updateIDs',
  GetUpdateDecryptionData: 'updateIds',
  GetDriverIdList: 'filter',
  GetDriverSetData: 'driverSets',
  GetDeployments: 'syncAnchor',
  DownloadFiles: 'fileDigestList',
  Ping: 'pingLevel',
  GetRollupConfiguration: 'cookie',
  RollupDownstreamServers: 'downstreamServers',
  RollupComputers: 'computers',
  GetOutOfSyncComputers: 'lastRollupNumbers',
  RollupComputerStatus: 'computers',
};

/**
 * Answers one operation, its cookie looked at before anything else; what cannot be read is InvalidParameters, a failure
 * of ours InternalServerError (MS-WSUSSS 2.2.5).
 */
export async function answerOperation(
  operation: OperationName,
  request: { body: Buffer; soap: SoapVersion },
  context: ServerContext,
): Promise<Answer> {
  try {
    const closed = context.options.refusal?.();
    if (closed !== undefined) throw closed;
    const refusal = WITHOUT_COOKIE.has(operation)
      ? undefined
      : checkCookie(peekCookie(request.body, operation), context);
    return refusal ?? (await ANSWERERS[operation](request.body, request.soap, context));
  } catch (caught) {
    if (caught instanceof SyncError && caught.errorId === 'PortBusy') throw caught;
    // Nobody waits for the answer any more: nothing has failed.
    if (isAborted(caught)) throw caught;
    if (caught instanceof SyncError && caught.errorId === 'UpstreamMalformed')
      return refused('InvalidParameters', PARAMETER[operation]);
    context.options.log?.(`${operation} failed: ${reasonOf(caught)}`, { peer: context.request.peer, isOurs: true });
    return refused('InternalServerError');
  }
}

/** Those that come before a cookie, and those of the reporting service, whose cookie says nothing. */
const WITHOUT_COOKIE: ReadonlySet<OperationName> = new Set<OperationName>([
  'GetAuthConfig',
  'GetAuthorizationCookie',
  'GetCookie',
  'Ping',
  'GetRollupConfiguration',
  'RollupDownstreamServers',
  'RollupComputers',
  'GetOutOfSyncComputers',
  'RollupComputerStatus',
]);
