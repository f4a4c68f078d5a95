import { malformed } from '../malformed.js';
import { nameBytes } from './names.js';
import type { XmlCursor } from './XmlCursor.js';

/** Reads the element the cursor is on; the cursor is behind it afterwards. `name` is for errors. */
export type ElementReader<Value> = (cursor: XmlCursor, name: string) => Value;

/** How each child of an element is read, by its local name. */
export type FieldReaders<Fields> = { readonly [Name in keyof Fields]: ElementReader<Fields[Name]> };

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
      else if (Object.hasOwn(fields, field.name)) throw malformed(field.name, 'it is there twice');
      else fields[field.name] = field.read(cursor, field.name);
    }
    return fields as Partial<Fields>;
  };
}
