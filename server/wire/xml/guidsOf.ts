import { childOf } from './childOf.js';
import { childrenOf } from './childrenOf.js';
import { guidOf } from './guidOf.js';
import type { XmlElement } from './XmlElement.js';

/** The GUIDs in a wrapper element (ArrayOfGuid); none where it is absent. */
export function guidsOf(element: XmlElement | undefined, name: string): readonly string[] {
  return childrenOf(childOf(element, name), 'guid').map((entry) => guidOf(entry.text));
}
