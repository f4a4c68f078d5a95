import { isXmlCharacter, NAMED_ENTITIES } from './characters.js';
import { malformed } from './malformed.js';

/** Decodes the five named entities and character references; anything else is an error, since no DTD is ever read. */
export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&([^;&]{0,12});?/g, (reference, name: string) => decodeReference(reference, name));
}

function decodeReference(reference: string, name: string): string {
  if (!reference.endsWith(';')) throw malformed('text', 'an ampersand stands alone');
  return NAMED_ENTITIES.get(name) ?? String.fromCodePoint(codePointOf(name));
}

/** The code point of `#65` or `#x41`; throws for other names and for what XML forbids as a character. */
export function codePointOf(name: string): number {
  const match = /^#(?:x([0-9a-fA-F]{1,8})|([0-9]{1,9}))$/.exec(name);
  if (match === null) throw malformed('text', `the entity ${name} is not known`);
  const code = match[1] === undefined ? Number(match[2]) : Number.parseInt(match[1], 16);
  if (!isXmlCharacter(code)) throw malformed('text', `the character ${name} is not allowed in XML`);
  return code;
}
