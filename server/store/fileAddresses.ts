/** A content file of a document: its base64 SHA-1, and where Microsoft has it; '' where nobody said so. */
export interface FileAddress {
  readonly digest: string;
  readonly url: string;
}

/** Files as the notes beside a document. */
export function encodeFileAddresses(files: readonly FileAddress[]): Uint8Array {
  return files.length === 0
    ? new Uint8Array(0)
    : Buffer.from(JSON.stringify(files.map(({ digest, url }) => [digest, url])), 'utf8');
}

/** The files of the notes beside a document; none where there are no notes. */
export function decodeFileAddresses(notes: Uint8Array): readonly FileAddress[] {
  if (notes.length === 0) return [];
  const files = JSON.parse(
    Buffer.from(notes.buffer, notes.byteOffset, notes.byteLength).toString('utf8'),
  ) as readonly (readonly [string, string])[];
  return files.map(([digest, url]) => ({ digest, url }));
}
