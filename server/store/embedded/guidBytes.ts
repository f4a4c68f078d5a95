/** A GUID as 16 bytes in the order of its text. */
export function guidToBytes(guid: string): Uint8Array {
  return Buffer.from(guid.replaceAll('-', ''), 'hex');
}

/** The text of 16 bytes, lower case with hyphens. */
export function bytesToGuid(bytes: Uint8Array): string {
  const hex = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
