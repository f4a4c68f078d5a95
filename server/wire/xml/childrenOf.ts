import type { XmlElement } from './XmlElement.js';

/** The children of an element with this local name in the element's own namespace, in any position. */
export function childrenOf(element: XmlElement | undefined, name: string): readonly XmlElement[] {
  if (element === undefined) return [];
  return element.children.filter((child) => child.name === name && child.namespace === element.namespace);
}
