const AMPERSAND = 0x26;
const LESS = 0x3c;
const GREATER = 0x3e;
const RETURN = 0x0d;
const LESS_ENTITY = Uint8Array.from(Buffer.from('&lt;'));
const GREATER_ENTITY = Uint8Array.from(Buffer.from('&gt;'));
const AMPERSAND_ENTITY = Uint8Array.from(Buffer.from('&amp;'));
const RETURN_REFERENCE = Uint8Array.from(Buffer.from('&#xD;'));
/** Up to so many bytes are written at a place that is used again and again: an entity has five bytes at most. */
export const ESCAPED_AT_ONCE = 64 * 1024;
const scratch = new Uint8Array(5 * ESCAPED_AT_ONCE);

/**
 * A document as the content of XmlUpdateBlob: `<`, `>` and `&` as entities, as Windows writes them, and a carriage
 * return as a reference, because every reader of XML makes a line feed of one that is not. Nothing else is touched.
 */
export function escapeBytes(bytes: Uint8Array): Uint8Array {
  if (bytes.length > ESCAPED_AT_ONCE) {
    const out = Buffer.allocUnsafeSlow(escapedLength(bytes));
    escapeInto(bytes, out);
    return out;
  }
  // Counting first what it will be costs as much as writing it.
  return Buffer.from(scratch.subarray(0, escapeInto(bytes, scratch)));
}

/** Gives how many bytes were written. */
function escapeInto(bytes: Uint8Array, out: Uint8Array): number {
  let to = 0;
  for (let from = 0; from < bytes.length; from++) {
    const byte = bytes[from] as number;
    if (byte > GREATER || (byte !== LESS && byte !== GREATER && byte !== AMPERSAND && byte !== RETURN)) {
      out[to++] = byte;
    } else {
      const entity = entityOf(byte);
      for (let index = 0; index < entity.length; index++) out[to++] = entity[index] as number;
    }
  }
  return to;
}

/** How many bytes `escapeBytes` makes. */
export function escapedLength(bytes: Uint8Array): number {
  let length = bytes.length;
  for (let index = 0; index < bytes.length; index++) {
    const byte = bytes[index];
    if (byte === LESS || byte === GREATER) length += 3;
    else if (byte === AMPERSAND || byte === RETURN) length += 4;
  }
  return length;
}

function entityOf(byte: number): Uint8Array {
  if (byte === LESS) return LESS_ENTITY;
  if (byte === GREATER) return GREATER_ENTITY;
  return byte === AMPERSAND ? AMPERSAND_ENTITY : RETURN_REFERENCE;
}
