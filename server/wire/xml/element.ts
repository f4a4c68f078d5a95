import { escapeText } from './escapeText.js';

/** An element with text; nothing when the value is undefined (minOccurs 0). */
export function element(name: string, value: string | number | boolean | undefined): string {
  return value === undefined ? '' : `<${name}>${escapeText(String(value))}</${name}>`;
}
