import type { UpdateIdentity } from '../../metadata/UpdateIdentity.js';
import { guidOf } from './guidOf.js';
import { integerOf } from './integerOf.js';
import { textOf } from './textOf.js';
import type { XmlElement } from './XmlElement.js';

/** The revision that an element names (UpdateIdentity, MS-WSUSSS 2.2.4.9). */
export function identityOf(element: XmlElement | undefined): UpdateIdentity {
  return { updateId: guidOf(textOf(element, 'UpdateID')), revisionNumber: integerOf(element, 'RevisionNumber', 0) };
}
