import type { UpdateIdentity } from './UpdateIdentity.js';
import type { XmlScanner } from './XmlScanner.js';
import { XmlSyntaxError } from './XmlSyntaxError.js';

/** Reads the attributes of an UpdateIdentity element; the revision is 0 where none is given. */
export function readIdentity(scanner: XmlScanner): UpdateIdentity {
  return {
    updateId: guid(scanner.attribute('UpdateID')),
    revisionNumber: Number(scanner.attribute('RevisionNumber') ?? 0),
  };
}

/** A GUID in lower case; anything else makes the document invalid. */
function guid(text: string | undefined): string {
  const id = (text ?? '').trim().toLowerCase();
  if (!/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(id))
    throw new XmlSyntaxError(`${text ?? 'nothing'} is not an update id`, 0);
  return id;
}
