import type { UpdateIdentity } from '../../metadata/UpdateIdentity.js';
import type { SoapVersion } from '../soap/SoapVersion.js';
import { type MessageFrame, responseFrame } from '../soap/writePayload.js';
import { element } from '../xml/element.js';

/** What stands around the identities of a list; there is no paging in this protocol (MS-WSUSSS 3.1.4.4). */
export function revisionListFrame(anchor: string, soap: SoapVersion): MessageFrame {
  const first = `${element('Anchor', anchor)}<NewRevisions>`;
  return responseFrame('GetRevisionIdList', { first, last: '</NewRevisions>' }, soap);
}

/** Some identities of a list. */
export function writeListedRevisions(identities: readonly UpdateIdentity[]): Buffer {
  return Buffer.from(identities.map(writeIdentity).join(''), 'latin1');
}

function writeIdentity({ updateId, revisionNumber }: UpdateIdentity): string {
  return (
    `<UpdateIdentity><UpdateID>${updateId}</UpdateID><RevisionNumber>${revisionNumber}</RevisionNumber>` +
    `</UpdateIdentity>`
  );
}
