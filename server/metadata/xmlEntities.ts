import { isXmlCharacter, NAMED_ENTITIES } from './xmlCharacters.js';

const MAX_ENTITY = 12;

/** Position of the `;` of the entity that begins at `at`, or -1 when it is none of the five or no legal character. */
export function entityEnd(bytes: Buffer, at: number): number {
  const end = bytes.indexOf(0x3b, at + 1);
  if (end < 0 || end - at > MAX_ENTITY) return -1;
  return resolve(bytes.toString('latin1', at + 1, end)) === undefined ? -1 : end;
}

/** Replaces the five named and the numeric entities; whoever calls has checked them. */
export function decodeEntities(text: string): string {
  return text.replace(/&([^;]{1,11});/g, (whole, name: string) => resolve(name) ?? whole);
}

function resolve(name: string): string | undefined {
  if (!name.startsWith('#')) return NAMED_ENTITIES.get(name);
  const digits = /^#(?:x([0-9a-fA-F]+)|([0-9]+))$/.exec(name);
  if (digits === null) return undefined;
  const point = digits[1] === undefined ? Number.parseInt(digits[2] ?? '', 10) : Number.parseInt(digits[1], 16);
  return isXmlCharacter(point) ? String.fromCodePoint(point) : undefined;
}
