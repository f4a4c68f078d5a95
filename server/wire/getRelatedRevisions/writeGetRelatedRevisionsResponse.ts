import type { UpdateIdentity } from '../../metadata/UpdateIdentity.js';
import { writeResponse } from '../soap/writePayload.js';
import type { SoapVersion } from '../soap/SoapVersion.js';
import { element } from '../xml/element.js';

/** Writes the current revisions of the update ids that were asked for. */
export function writeGetRelatedRevisionsResponse(revisions: readonly UpdateIdentity[], soap: SoapVersion): Buffer {
  const list = revisions.map(
    ({ updateId, revisionNumber }) =>
      `<UpdateIdentity>${element('UpdateID', updateId)}${element('RevisionNumber', revisionNumber)}</UpdateIdentity>`,
  );
  return writeResponse('GetRelatedRevisionsForUpdates', list.join(''), soap);
}
