const AMPERSAND = 0x26;
const LESS = 0x3c;
const GREATER = 0x3e;
const SEMICOLON = 0x3b;
const [A, M, P, L, T, G] = [0x61, 0x6d, 0x70, 0x6c, 0x74, 0x67] as const;

/** UTF-8 bytes as they stand inside an element: `&`, `<` and `>` as entities. */
export function escapeXml(bytes: Uint8Array): Uint8Array {
  const target = Buffer.allocUnsafeSlow(escapedLength(bytes));
  let to = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === LESS || byte === GREATER) to = writeAngle(target, to, byte === LESS ? L : G);
    else if (byte === AMPERSAND) to = writeAmpersand(target, to);
    else target[to++] = byte;
  }
  return target;
}

function escapedLength(bytes: Uint8Array): number {
  let length = bytes.length;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === LESS || byte === GREATER) length += 3;
    else if (byte === AMPERSAND) length += 4;
  }
  return length;
}

function writeAngle(target: Buffer, to: number, letter: number): number {
  target[to] = AMPERSAND;
  target[to + 1] = letter;
  target[to + 2] = T;
  target[to + 3] = SEMICOLON;
  return to + 4;
}

function writeAmpersand(target: Buffer, to: number): number {
  target[to] = AMPERSAND;
  target[to + 1] = A;
  target[to + 2] = M;
  target[to + 3] = P;
  target[to + 4] = SEMICOLON;
  return to + 5;
}
