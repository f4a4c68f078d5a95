import { parseGetRelatedRevisionsRequest, writeGetRelatedRevisionsResponse } from '../wire/getRelatedRevisions.js';
import type { SoapVersion } from '../wire/soap.js';
import { answered, refused } from './Answer.js';
import type { Answer } from './Answer.js';
import type { ServerContext } from './ServerContext.js';

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
