import type { UpdateIdentity } from '../../metadata/UpdateIdentity.js';
import { element } from './element.js';

/** An identity of a revision under the name that the message gives it. */
export function identityElement(name: string, { updateId, revisionNumber }: UpdateIdentity): string {
  return `<${name}>${element('UpdateID', updateId)}${element('RevisionNumber', revisionNumber)}</${name}>`;
}
