import { parseGetDriverIdListRequest, writeGetDriverIdListResponse } from '../wire/getDriverIdList.js';
import type { SoapVersion } from '../wire/soap.js';
import { answered, refused } from './Answer.js';
import type { Answer } from './Answer.js';
import type { ServerContext } from './ServerContext.js';
import { isAnchor } from './catalogueAnchor.js';

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
