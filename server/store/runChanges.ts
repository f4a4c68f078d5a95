/** What a run did to one software update: bits of `CHANGE`. */
export interface RunChange {
  readonly ciId: number;
  readonly kinds: number;
}

/**
 * About two bytes an update: by ci id, each as the distance to the one before (7 bits a byte, the lowest first) and a
 * byte of bits.
 */
export function encodeRunChanges(changes: readonly RunChange[]): Uint8Array {
  const bytes: number[] = [];
  let before = 0;
  for (const { ciId, kinds } of [...changes].sort((a, b) => a.ciId - b.ciId)) {
    let distance = ciId - before;
    for (; distance > 127; distance = Math.floor(distance / 128)) bytes.push((distance % 128) + 128);
    bytes.push(distance, kinds);
    before = ciId;
  }
  return Uint8Array.from(bytes);
}

/**
 * The changes of parts in the order they were stored: what a later part says of an update replaces what an earlier one
 * said. By ci id.
 */
export function decodeRunChanges(parts: readonly Uint8Array[]): RunChange[] {
  const kindsOf = new Map<number, number>();
  for (const bytes of parts) for (const { ciId, kinds } of decodePart(bytes)) kindsOf.set(ciId, kinds);
  return [...kindsOf]
    .filter(([, kinds]) => kinds !== 0)
    .map(([ciId, kinds]) => ({ ciId, kinds }))
    .sort((a, b) => a.ciId - b.ciId);
}

function decodePart(bytes: Uint8Array): RunChange[] {
  const changes: RunChange[] = [];
  let ciId = 0;
  for (let at = 0; at < bytes.length;) {
    let factor = 1;
    let byte: number;
    do {
      byte = bytes[at++] ?? 0;
      ciId += (byte % 128) * factor;
      factor *= 128;
    } while (byte > 127);
    changes.push({ ciId, kinds: bytes[at++] ?? 0 });
  }
  return changes;
}
