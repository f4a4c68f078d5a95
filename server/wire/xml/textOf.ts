import { childOf } from './childOf.js';
import type { XmlElement } from './XmlElement.js';

/** The text of an optional child, '' where it is absent. */
export function textOf(element: XmlElement | undefined, name: string): string {
  return childOf(element, name)?.text ?? '';
}
