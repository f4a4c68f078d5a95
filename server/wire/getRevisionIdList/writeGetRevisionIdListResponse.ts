import type { UpdateIdentity } from '../../metadata/UpdateIdentity.js';
import type { RevisionList } from '../../upstream/Source.js';
import { SERVER_SYNC } from '../soap/namespaces.js';
import { envelopeHead, ENVELOPE_TAIL } from '../soap/writeEnvelope.js';
import type { SoapVersion } from '../soap/SoapVersion.js';
import { element } from '../xml/element.js';

/** Identities per piece, so that a list of hundreds of thousands never is one string. */
const IDENTITIES_PER_PIECE = 2000;

/**
 * Writes the list as pieces to be sent one after the other; there is no paging in this protocol (MS-WSUSSS 3.1.4.4).
 */
export function writeGetRevisionIdListResponse(list: RevisionList, soap: SoapVersion): Buffer[] {
  const pieces = [
    Buffer.from(
      `${envelopeHead(soap)}<GetRevisionIdListResponse xmlns="${SERVER_SYNC}"><GetRevisionIdListResult>` +
        `${element('Anchor', list.anchor)}<NewRevisions>`,
    ),
  ];
  for (let from = 0; from < list.revisions.length; from += IDENTITIES_PER_PIECE) {
    pieces.push(
      Buffer.from(
        list.revisions
          .slice(from, from + IDENTITIES_PER_PIECE)
          .map(writeIdentity)
          .join(''),
        'latin1',
      ),
    );
  }
  pieces.push(Buffer.from(`</NewRevisions></GetRevisionIdListResult></GetRevisionIdListResponse>${ENVELOPE_TAIL}`));
  return pieces;
}

function writeIdentity(identity: UpdateIdentity): string {
  return (
    `<UpdateIdentity><UpdateID>${identity.updateId}</UpdateID><RevisionNumber>` +
    `${identity.revisionNumber}</RevisionNumber></UpdateIdentity>`
  );
}
