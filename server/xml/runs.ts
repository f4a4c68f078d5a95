import { AMP, APOSTROPHE, CLASS, CLOSE_BRACKET, FORBIDDEN, GT, LT, NAME, QUOTE, SPACE } from './bytes.js';
import { entityEnd } from './characters.js';

/** Where a text stands: `isOutside` the root element there may be white space alone. */
interface TextPlace {
  readonly from: number;
  /** Not searched any further; a reference that begins before it may end behind it. */
  readonly to: number;
  readonly isOutside: boolean;
}

/** Position of the next `<`, or where the search ends; a text says why the characters between may not stand there. */
export function textEnd(bytes: Buffer, { from, to, isOutside }: TextPlace): number | string {
  let at = from;
  for (; at < to; at += 1) {
    const byte = bytes[at] as number;
    if (byte === LT) return at;
    if (isOutside && CLASS[byte] !== SPACE) return 'there is text outside the root element';
    if (byte > CLOSE_BRACKET) continue;
    if (byte === AMP) {
      const end = entityEnd(bytes, at);
      if (end < 0) return 'it has an unknown entity';
      at = end;
    } else if (CLASS[byte] === FORBIDDEN) return 'it has a forbidden control character';
    else if (byte === CLOSE_BRACKET && bytes[at + 1] === CLOSE_BRACKET && bytes[at + 2] === GT)
      return 'it has ]]> in text';
  }
  return at;
}

/** Position of the closing quote of the attribute value whose opening quote stands at `from`, or why there is none. */
export function attributeValueEnd(bytes: Buffer, from: number): number | string {
  const quote = bytes[from];
  if (quote !== QUOTE && quote !== APOSTROPHE) return 'an attribute value is not quoted';
  for (let at = from + 1; at < bytes.length; at += 1) {
    const byte = bytes[at] as number;
    if (byte === quote) return at;
    if (byte > LT) continue;
    if (byte === LT) return 'it has < in an attribute value';
    if (byte === AMP) {
      const end = entityEnd(bytes, at);
      if (end < 0) return 'it has an unknown entity';
      at = end;
    } else if (CLASS[byte] === FORBIDDEN) return 'it has a forbidden control character';
  }
  return 'an attribute value does not end';
}

/** Position behind the characters of a name from `start` on. */
export function nameEnd(bytes: Buffer, start: number): number {
  let at = start;
  while (at < bytes.length && CLASS[bytes[at] as number] === NAME) at += 1;
  return at;
}

export const CDATA_START = '<![CDATA[';
export const CDATA_END = ']]>';

/** Position behind the comment that begins at `at`, or why there is none. */
export function commentEnd(bytes: Buffer, at: number): number | string {
  if (bytes.toString('latin1', at, at + 4) !== '<!--') return 'it has a DOCTYPE or another declaration';
  const end = bytes.indexOf('--', at + 4, 'latin1');
  if (end < 0) return 'a comment does not end';
  if (bytes[end + 2] !== GT) return 'it has -- in a comment';
  return checked(bytes, at, end + 3);
}

/**
 * Position behind the processing instruction, or why there is none; an XML declaration stands only at the beginning.
 */
export function instructionEnd(bytes: Buffer, at: number, isFirst: boolean): number | string {
  const isDeclaration = /^<\?xml\s/i.test(bytes.toString('latin1', at, at + 6));
  if (isDeclaration && !isFirst) return 'it has an XML declaration inside';
  if (CLASS[bytes[at + 2] ?? 0] !== NAME) return 'a processing instruction has no name';
  const end = bytes.indexOf('?>', at + 2, 'latin1');
  return end < 0 ? 'a processing instruction does not end' : checked(bytes, at, end + 2);
}

/** Position behind the CDATA section, or why there is none. */
export function cdataEnd(bytes: Buffer, at: number): number | string {
  if (bytes.toString('latin1', at, at + CDATA_START.length) !== CDATA_START) return 'a CDATA section is malformed';
  const end = bytes.indexOf(CDATA_END, at + CDATA_START.length, 'latin1');
  return end < 0 ? 'a CDATA section does not end' : checked(bytes, at, end + CDATA_END.length);
}

function checked(bytes: Buffer, from: number, to: number): number | string {
  for (let at = from; at < to; at += 1)
    if (CLASS[bytes[at] as number] === FORBIDDEN) return 'it has a forbidden control character';
  return to;
}
