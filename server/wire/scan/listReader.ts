import { malformed } from '../malformed.js';
import type { ElementReader } from './fieldsReader.js';
import { nameBytes } from './names.js';

/** More entries than any request of the protocol has; what an operation allows is its own matter. */
const MOST_ENTRIES = 20_000;

/** Makes a reader of a wrapper element around entries of one name; others are passed over. */
export function listReader<Entry>(entryName: string, read: ElementReader<Entry>): ElementReader<readonly Entry[]> {
  const bytes = nameBytes(entryName);
  return (cursor, name) => {
    const { depth } = cursor;
    const entries: Entry[] = [];
    while (cursor.nextChild(depth)) {
      if (!cursor.is(bytes)) cursor.skip();
      else if (entries.length >= MOST_ENTRIES) throw malformed(name, `it has more than ${MOST_ENTRIES} entries`);
      else entries.push(read(cursor, entryName));
    }
    return entries;
  };
}
