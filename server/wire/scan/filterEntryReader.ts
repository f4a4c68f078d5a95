import type { FilterEntry } from '../../upstream/Source.js';
import { malformed } from '../malformed.js';
import { type ElementReader, fieldsReader } from './fieldsReader.js';
import { readBoolean } from './readValues.js';

/** Makes a reader of an entry of a filter: an id, and whether only its changes are asked for (IdAndDelta). */
export function filterEntryReader<Id>(readId: ElementReader<Id>): ElementReader<FilterEntry<Id>> {
  const readFields = fieldsReader<{ Id: Id; Delta: boolean }>({ Id: readId, Delta: readBoolean });
  return (cursor, name) => {
    const { Id: id, Delta: delta = false } = readFields(cursor, name);
    if (id === undefined) throw malformed(name, 'its Id is missing');
    return { id, delta };
  };
}
