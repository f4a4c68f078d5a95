/** What is sent at once: enough for the network, little for the memory of one connection. */
const BLOCK_BYTES = 64 * 1024;

/** The same bytes in blocks of about one size: small pieces are put together, large ones divided. */
export async function* inBlocks(
  pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  let waiting: Uint8Array[] = [];
  let size = 0;
  for await (const piece of pieces) {
    for (let at = 0; at < piece.length; at += BLOCK_BYTES) {
      const part = piece.subarray(at, at + BLOCK_BYTES);
      waiting.push(part);
      size += part.length;
      if (size < BLOCK_BYTES) continue;
      yield Buffer.concat(waiting, size);
      [waiting, size] = [[], 0];
    }
  }
  if (size > 0) yield Buffer.concat(waiting, size);
}
