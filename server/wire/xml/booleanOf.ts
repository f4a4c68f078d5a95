import { malformed } from '../malformed.js';
import { textOf } from './textOf.js';
import type { XmlElement } from './XmlElement.js';

/** An xsd:boolean child (true, false, 1, 0); false where it is absent. */
export function booleanOf(element: XmlElement | undefined, name: string): boolean {
  const text = textOf(element, name).trim();
  if (text === 'true' || text === '1') return true;
  if (text === '' || text === 'false' || text === '0') return false;
  throw malformed(name, `it is neither true nor false: ${text.slice(0, 40)}`);
}
