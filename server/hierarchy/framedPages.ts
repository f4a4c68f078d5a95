import type { MessageFrame } from '../wire/soap.js';

/** A message whose middle is written page by page, each page when the client has taken those before it. */
export async function* framedPages<Page>(
  { head, tail }: MessageFrame,
  pages: AsyncIterable<Page>,
  write: (page: Page) => Uint8Array,
): AsyncGenerator<Uint8Array, void, undefined> {
  yield head;
  for await (const page of pages) yield write(page);
  yield tail;
}
