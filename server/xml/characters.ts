/** The five entities that XML knows without a DTD. A map, so that no name of Object.prototype passes for one. */
const NAMED_ENTITIES: ReadonlyMap<string, string> = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
]);

/** Whether XML 1.0 allows the code point. */
function isXmlCharacter(point: number): boolean {
  if (point < 0x20) return point === 0x09 || point === 0x0a || point === 0x0d;
  return point <= 0xd7ff || (point >= 0xe000 && point <= 0xfffd) || (point >= 0x10000 && point <= 0x10ffff);
}

const MAX_ENTITY = 12;

/** Position of the `;` of the entity that begins at `at`, or -1 when it is none of the five or no legal character. */
export function entityEnd(bytes: Buffer, at: number): number {
  const end = bytes.indexOf(0x3b, at + 1);
  if (end < 0 || end - at > MAX_ENTITY) return -1;
  return referencedBy(bytes.toString('latin1', at + 1, end)) === undefined ? -1 : end;
}

/** Replaces the five named and the numeric entities; whoever calls has checked them. */
export function decodeEntities(text: string): string {
  return text.replace(/&([^;]{1,11});/g, (whole, name: string) => referencedBy(name) ?? whole);
}

/** What `amp`, `#65` or `#x41` stand for; undefined for other names and for what XML forbids as a character. */
export function referencedBy(name: string): string | undefined {
  if (!name.startsWith('#')) return NAMED_ENTITIES.get(name);
  const digits = /^#(?:x([0-9a-fA-F]+)|([0-9]+))$/.exec(name);
  if (digits === null) return undefined;
  const point = digits[1] === undefined ? Number.parseInt(digits[2] ?? '', 10) : Number.parseInt(digits[1], 16);
  return isXmlCharacter(point) ? String.fromCodePoint(point) : undefined;
}

/** The text of the bytes [start, end): line ends as XML reads them, then entities. */
export function textOf(bytes: Buffer, start: number, end: number): string {
  const raw = lineEnds(bytes.toString('utf8', start, end));
  return raw.includes('&') ? decodeEntities(raw) : raw;
}

/** The value of an attribute: white space as written becomes blanks, then entities (XML 3.3.3). */
export function attributeValueOf(bytes: Buffer, start: number, end: number): string {
  const raw = bytes.toString('utf8', start, end);
  const blanks = /[\t\r\n]/.test(raw) ? raw.replace(/\r\n|[\t\r\n]/g, ' ') : raw;
  return blanks.includes('&') ? decodeEntities(blanks) : blanks;
}

/** CR LF and CR alone become LF (XML 2.11). */
export function lineEnds(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
}
