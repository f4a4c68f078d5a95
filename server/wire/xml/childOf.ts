import { childrenOf } from './childrenOf.js';
import type { XmlElement } from './XmlElement.js';

/** The first child with this local name in the element's own namespace; children come in any order when reading. */
export function childOf(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return childrenOf(element, name)[0];
}
