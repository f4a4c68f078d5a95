import { malformed } from '../malformed.js';
import { textOf } from './textOf.js';
import type { XmlElement } from './XmlElement.js';

/** An xsd:int child; `missing` where it is absent, an error where it is no number. */
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
