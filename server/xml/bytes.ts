/** Bytes with a meaning of their own in XML. */
export const LT = 0x3c,
  GT = 0x3e,
  AMP = 0x26,
  SLASH = 0x2f,
  BANG = 0x21,
  QUESTION = 0x3f,
  EQUALS = 0x3d,
  QUOTE = 0x22,
  APOSTROPHE = 0x27,
  OPEN_BRACKET = 0x5b,
  CLOSE_BRACKET = 0x5d;

/** Classes of bytes in `CLASS`. */
export const SPACE = 1,
  FORBIDDEN = 2,
  NAME = 4;

/** Class of each byte: white space, never allowed in XML, may stand in a name. */
export const CLASS = byteClasses();

function byteClasses(): Uint8Array {
  const classes = new Uint8Array(256);
  for (let byte = 0; byte < 0x20; byte += 1) classes[byte] = FORBIDDEN;
  for (const byte of [0x20, 0x09, 0x0a, 0x0d]) classes[byte] = SPACE;
  for (let byte = 0; byte < 256; byte += 1)
    if (byte >= 0x80 || /[A-Za-z0-9_:.-]/.test(String.fromCharCode(byte))) classes[byte] = NAME;
  return classes;
}
