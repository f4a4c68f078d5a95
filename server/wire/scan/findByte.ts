/** Below this distance a loop is faster than the call into native code. */
const NEAR = 48;

/** The position of a byte at or after `from`, -1 where there is none. */
export function findByte(bytes: Buffer, byte: number, from: number): number {
  const near = Math.min(bytes.length, from + NEAR);
  for (let index = from; index < near; index++) {
    if (bytes[index] === byte) return index;
  }
  return near >= bytes.length ? -1 : bytes.indexOf(byte, near);
}
