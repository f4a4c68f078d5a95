const AMPERSAND = 0x26;
const LESS = 0x3c;
const GREATER = 0x3e;

/** A document as the content of XmlUpdateBlob: `<`, `>` and `&` as entities, as Windows writes them; nothing else is touched. */
export function escapeBytes(bytes: Uint8Array): Uint8Array {
  const out = Buffer.allocUnsafeSlow(escapedLength(bytes));
  let to = 0;
  for (let from = 0; from < bytes.length; from++) {
    const byte = bytes[from] as number;
    if (byte === LESS || byte === GREATER) to = put(out, to, byte === LESS ? 0x6c : 0x67);
    else if (byte === AMPERSAND) to += out.write('&amp;', to, 'latin1');
    else out[to++] = byte;
  }
  return out;
}

function escapedLength(bytes: Uint8Array): number {
  let length = bytes.length;
  for (let index = 0; index < bytes.length; index++) {
    const byte = bytes[index];
    if (byte === LESS || byte === GREATER) length += 3;
    else if (byte === AMPERSAND) length += 4;
  }
  return length;
}

/** Writes `&lt;` or `&gt;` by its middle letter. */
function put(out: Uint8Array, at: number, letter: number): number {
  out[at] = AMPERSAND;
  out[at + 1] = letter;
  out[at + 2] = 0x74;
  out[at + 3] = 0x3b;
  return at + 4;
}
