import type { XmlCursor } from '../xml/XmlCursor.js';
import { malformed } from '../xml/malformed.js';
import { nameBytes } from '../xml/names.js';
import { booleanIn, guidOf, integerIn } from '../xml/values.js';

/**
 * One entry of a filter list. `delta` true: only what changed since the anchor; false: everything of this entry again.
 */
export interface FilterEntry<Id> {
  readonly id: Id;
  readonly delta: boolean;
}

/** Reads the element the cursor is on; the cursor is behind it afterwards. `name` is for errors. */
export type ElementReader<Value> = (cursor: XmlCursor, name: string) => Value;

/** How each child of an element is read, by its local name. */
type FieldReaders<Fields> = { readonly [Name in keyof Fields]: ElementReader<Fields[Name]> };

/**
 * Makes a reader of an element whose children are fields: in any order and of any namespace, each once. Others are
 * passed over.
 */
export function fieldsReader<Fields extends object>(readers: FieldReaders<Fields>): ElementReader<Partial<Fields>> {
  const known = Object.entries<ElementReader<unknown>>(readers).map(([name, read]) => ({
    name,
    bytes: nameBytes(name),
    read,
  }));
  return (cursor) => {
    const { depth } = cursor;
    const fields: Record<string, unknown> = {};
    while (cursor.nextChild(depth)) {
      const field = known.find(({ bytes }) => cursor.is(bytes));
      if (field === undefined) cursor.skip();
      else if (Object.hasOwn(fields, field.name)) throw malformed(field.name, 'it appears twice');
      else fields[field.name] = field.read(cursor, field.name);
    }
    return fields as Partial<Fields>;
  };
}

/** The text of an element as it stands. */
export const readText: ElementReader<string> = (cursor) => cursor.text();

/** The text of an element without white space at its ends. */
export const readWord: ElementReader<string> = (cursor) => cursor.text().trim();

/** A GUID in lower case. */
export const readGuid: ElementReader<string> = (cursor) => guidOf(cursor.text());

/** An xsd:boolean; an empty one is false. */
export const readBoolean: ElementReader<boolean> = (cursor, name) => booleanIn(cursor.text(), name);

/** An xsd:int; an empty one is 0. */
export const readInteger: ElementReader<number> = (cursor, name) => {
  const text = cursor.text();
  return text.trim() === '' ? 0 : integerIn(text, name);
};

/** Makes a reader of an entry of a filter: an id, and whether only its changes are asked for (IdAndDelta). */
export function filterEntryReader<Id>(readId: ElementReader<Id>): ElementReader<FilterEntry<Id>> {
  const readFields = fieldsReader<{ Id: Id; Delta: boolean }>({ Id: readId, Delta: readBoolean });
  return (cursor, name) => {
    const { Id: id, Delta: delta = false } = readFields(cursor, name);
    if (id === undefined) throw malformed(name, 'its Id is missing');
    return { id, delta };
  };
}

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
