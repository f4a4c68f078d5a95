/** A local name as bytes, made once, so that the scanner compares without making strings. */
export type NameBytes = Uint8Array;

/** The bytes of an ASCII element name. */
export function nameBytes(name: string): NameBytes {
  return Uint8Array.from(Buffer.from(name, 'latin1'));
}

/** Tells whether `bytes[start, end)` is this name. */
export function sameName(bytes: Uint8Array, range: readonly [start: number, end: number], name: NameBytes): boolean {
  const [start, end] = range;
  if (end - start !== name.length) return false;
  for (let index = 0; index < name.length; index++) {
    if (bytes[start + index] !== name[index]) return false;
  }
  return true;
}
