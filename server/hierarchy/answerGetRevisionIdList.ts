import { SyncError } from '../errors/SyncError.js';
import { parseGetRevisionIdListRequest, revisionListFrame, writeListedRevisions } from '../wire/getRevisionIdList.js';
import type { SoapVersion } from '../wire/soap.js';
import { refused } from './Answer.js';
import type { Answer } from './Answer.js';
import type { ServerContext } from './ServerContext.js';
import { framedPages } from './framedPages.js';

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
