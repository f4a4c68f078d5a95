import { malformed } from '../malformed.js';
import { textOf } from './textOf.js';
import type { XmlElement } from './XmlElement.js';

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
