import { malformed } from './malformed.js';
import { textOf } from './tree.js';
import type { XmlElement } from './tree.js';

/** An xsd:boolean child (true, false, 1, 0); false where it is absent. */
export function booleanOf(element: XmlElement | undefined, name: string): boolean {
  return booleanIn(textOf(element, name), name);
}

/** The xsd:boolean that a text is; false where it is empty. */
export function booleanIn(value: string, name: string): boolean {
  const text = value.trim();
  if (text === 'true' || text === '1') return true;
  if (text === '' || text === 'false' || text === '0') return false;
  throw malformed(name, `it is neither true nor false: ${text.slice(0, 40)}`);
}

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** A guid in the form used everywhere inside: lower case, hyphens, no braces. */
export function guidOf(text: string): string {
  const guid = text.trim().toLowerCase();
  if (!GUID.test(guid)) throw malformed('guid', `it is not a GUID: ${text.slice(0, 60)}`);
  return guid;
}

/** An xsd:int child; `missing` where it is absent, an error where it is not a number. */
export function integerOf(element: XmlElement | undefined, name: string, missing: number): number {
  const text = textOf(element, name);
  return text.trim() === '' ? missing : integerIn(text, name);
}

/** The xsd:int that a text is. */
export function integerIn(value: string, name: string): number {
  const text = value.trim();
  if (!/^[+-]?\d{1,10}$/.test(text)) throw malformed(name, `it is not a whole number: ${text.slice(0, 40)}`);
  return Number(text);
}
