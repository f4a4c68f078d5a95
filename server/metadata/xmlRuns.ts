import { AMP, APOSTROPHE, CLASS, CLOSE_BRACKET, FORBIDDEN, GT, LT, NAME, QUOTE, SPACE } from './xmlBytes.js';
import { entityEnd } from './xmlEntities.js';

/**
 * Position of the next `<` from `from` on, or the end of the bytes; a text says why the characters between may not
 * stand there.
 */
export function textEnd(bytes: Buffer, from: number, outsideRoot: boolean): number | string {
  const length = bytes.length;
  for (let at = from; at < length; at += 1) {
    const byte = bytes[at] as number;
    if (byte === LT) return at;
    if (outsideRoot && CLASS[byte] !== SPACE) return 'there is text outside the root element';
    if (byte > CLOSE_BRACKET) continue;
    if (byte === AMP) {
      const end = entityEnd(bytes, at);
      if (end < 0) return 'it has an unknown entity';
      at = end;
    } else if (CLASS[byte] === FORBIDDEN) return 'it has a forbidden control character';
    else if (byte === CLOSE_BRACKET && bytes[at + 1] === CLOSE_BRACKET && bytes[at + 2] === GT)
      return 'it has ]]> in text';
  }
  return length;
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
