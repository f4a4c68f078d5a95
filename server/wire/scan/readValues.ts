import { booleanIn } from '../xml/booleanOf.js';
import { guidOf } from '../xml/guidOf.js';
import { integerIn } from '../xml/integerOf.js';
import type { ElementReader } from './fieldsReader.js';

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
