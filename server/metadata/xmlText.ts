import { decodeEntities } from './xmlEntities.js';

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
