import type { Writable } from 'node:stream';

/** Writes blocks and ends: one is on its way while the next one is made. False where the other side is gone. */
export async function pour(blocks: AsyncIterable<Buffer> | Iterable<Buffer>, to: Writable): Promise<boolean> {
  let before = Promise.resolve(true);
  try {
    for await (const block of blocks) {
      if (!(await before)) return false;
      before = written(to, block);
    }
  } catch (error) {
    to.destroy();
    throw error;
  }
  to.end();
  return before;
}

/** Fulfilled when the bytes are not needed any more: true when they are on their way, false when they never will be. */
async function written(to: Writable, bytes: Buffer): Promise<boolean> {
  return new Promise((resolve) => {
    const gone = (): void => resolve(false);
    to.once('close', gone);
    to.write(bytes, (error) => {
      to.off('close', gone);
      resolve(!(error instanceof Error));
    });
  });
}
