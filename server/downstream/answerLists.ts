import { SyncError } from '../errors/SyncError.js';
import { parseGetConfigDataRequest, writeGetConfigDataResponse } from '../wire/getConfigData.js';
import { parseGetDriverIdListRequest, writeGetDriverIdListResponse } from '../wire/getDriverIdList.js';
import { parseGetDriverSetDataRequest, writeGetDriverSetDataResponse } from '../wire/getDriverSetData.js';
import { parseGetRelatedRevisionsRequest, writeGetRelatedRevisionsResponse } from '../wire/getRelatedRevisions.js';
import { parseGetRevisionIdListRequest, revisionListFrame, writeListedRevisions } from '../wire/getRevisionIdList.js';
import {
  parseGetUpdateDecryptionDataRequest,
  writeGetUpdateDecryptionDataResponse,
} from '../wire/getUpdateDecryptionData.js';
import type { SoapVersion } from '../wire/operations.js';
import { type Answer, answered, framedPages, refused, type ServerContext } from './ServerContext.js';
import { isAnchor } from './catalogueAnchor.js';

/** Tells limits and languages; the languages only when they changed since the anchor sent (MS-WSUSSS 3.1.4.3). */
export async function answerGetConfigData(body: Buffer, soap: SoapVersion, context: ServerContext): Promise<Answer> {
  const request = parseGetConfigDataRequest(body);
  const { anchor, languages } = await context.options.catalogue.configuration();
  return answered(
    writeGetConfigDataResponse(
      {
        ...FIXED,
        catalogOnlySync: context.options.redirectsContent !== true,
        maxNumberOfUpdatesPerRequest: context.limits.maxUpdatesPerRequest,
        maxUpdatesPerRequestInGetUpdateDecryptionData: context.limits.maxUpdatesPerDecryptionRequest,
        newConfigAnchor: anchor,
        languages: request.configAnchor === anchor ? [] : languages,
      },
      soap,
    ),
  );
}

const FIXED = {
  lazySync: true,
  serverHostsPsfFiles: false,
  maxNumberOfComputerIdsInRequest: 0,
  maxNumberOfDriverSetsPerRequest: 0,
  maxNumberOfPnpHardwareIdsInRequest: 0,
  protocolVersion: '1.20',
};

/**
 * Lists the revisions for a filter; what the catalogue rejects as InvalidRequest is a bad filter (MS-WSUSSS 3.1.4.4).
 */
export async function answerGetRevisionIdList(
  body: Buffer,
  soap: SoapVersion,
  context: ServerContext,
): Promise<Answer> {
  const request = parseGetRevisionIdListRequest(body);
  try {
    const list = await context.options.catalogue.listRevisions(request.filter, context.work);
    const frame = revisionListFrame(list.anchor, soap);
    return { pieces: framedPages(frame, list.pages(), writeListedRevisions), updates: list.size };
  } catch (caught) {
    if (caught instanceof SyncError && caught.errorId === 'InvalidRequest')
      return refused('InvalidParameters', 'filter');
    throw caught;
  }
}

/** Names the current revision of each id; ids nobody knows are left out (MS-WSUSSS, GetRelatedRevisionsForUpdates). */
export async function answerGetRelatedRevisions(
  body: Buffer,
  soap: SoapVersion,
  context: ServerContext,
): Promise<Answer> {
  const request = parseGetRelatedRevisionsRequest(body);
  if (request.updateIds.length > context.limits.maxUpdatesPerRequest) return refused('InvalidParameters', 'updateIDs');
  const revisions = await context.options.catalogue.currentRevisions([...new Set(request.updateIds)]);
  return answered(writeGetRelatedRevisionsResponse(revisions, soap));
}

/**
 * Drivers by the hardware they are for (MS-WSUSSS 3.1.4.7): only Microsoft Update knows sets of drivers, so no ids may
 * be asked for, as with Windows, and none come.
 */
export async function answerGetDriverIdList(body: Buffer, soap: SoapVersion, context: ServerContext): Promise<Answer> {
  const { filter } = parseGetDriverIdListRequest(body);
  if (filter.anchor !== '' && !isAnchor(filter.anchor)) return refused('InvalidParameters', 'filter');
  if (filter.computerIds.length > 0) return refused('InvalidParameters', 'ComputerIds');
  if (filter.hardwareIds.length > 0) return refused('InvalidParameters', 'PnpHardwareIds');
  const anchor = await context.options.catalogue.currentAnchor();
  return answered(
    writeGetDriverIdListResponse({ anchor, revisions: [], newDriverSets: [], removedDriverSets: [] }, soap),
  );
}

/**
 * Targeting documents of driver sets (MS-WSUSSS 3.1.4.8): there are none, and GetConfigData says that none may be asked
 * for.
 */
export function answerGetDriverSetData(body: Buffer, soap: SoapVersion): Answer {
  const request = parseGetDriverSetDataRequest(body);
  return request.driverSets.length > 0
    ? refused('TooManyIds', 'driverSets')
    : answered(writeGetDriverSetDataResponse([], soap));
}

/**
 * Keys of encrypted files (MS-WSUSSS 3.1.4.18): this server never gets any from its upstream, so it has none for any
 * revision.
 */
export function answerGetUpdateDecryptionData(body: Buffer, soap: SoapVersion, context: ServerContext): Answer {
  const request = parseGetUpdateDecryptionDataRequest(body);
  if (request.identities.length > context.limits.maxUpdatesPerDecryptionRequest)
    return refused('InvalidParameters', 'updateIds');
  return answered(writeGetUpdateDecryptionDataResponse([], soap));
}
