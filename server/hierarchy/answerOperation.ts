import { reasonOf, SyncError } from '../errors/SyncError.js';
import { peekCookie } from '../wire/getCookie.js';
import type { OperationName, SoapVersion } from '../wire/soap.js';
import { refused } from './Answer.js';
import type { Answer } from './Answer.js';
import type { ServerContext } from './ServerContext.js';
import { answerDownloadFiles } from './answerDownloadFiles.js';
import { answerGetAuthConfig } from './answerGetAuthConfig.js';
import { answerGetAuthorizationCookie } from './answerGetAuthorizationCookie.js';
import { answerGetConfigData } from './answerGetConfigData.js';
import { answerGetCookie } from './answerGetCookie.js';
import { answerGetDeployments } from './answerGetDeployments.js';
import { answerGetDriverIdList } from './answerGetDriverIdList.js';
import { answerGetDriverSetData } from './answerGetDriverSetData.js';
import { answerGetRelatedRevisions } from './answerGetRelatedRevisions.js';
import { answerGetRevisionIdList } from './answerGetRevisionIdList.js';
import { answerGetRollupConfiguration } from './answerGetRollupConfiguration.js';
import { answerGetUpdateData } from './answerGetUpdateData.js';
import { answerGetUpdateDecryptionData } from './answerGetUpdateDecryptionData.js';
import { answerPing } from './answerPing.js';
import { answerRollupDownstreamServers } from './answerRollupDownstreamServers.js';
import { checkCookie } from './checkCookie.js';

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
    const refusal = WITHOUT_COOKIE.has(operation)
      ? undefined
      : checkCookie(peekCookie(request.body, operation), context);
    return refusal ?? (await ANSWERERS[operation](request.body, request.soap, context));
  } catch (caught) {
    if (caught instanceof SyncError && caught.errorId === 'PortBusy') throw caught;
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
