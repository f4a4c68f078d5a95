import type { StatusMessage } from '../contract/generated/types.js';
import type { Ask } from './PageSource.js';

/** The answer begins with the oldest, of which there may be very many: the highest id is looked for first. */
export async function newestMessages(ask: Ask, count: number): Promise<readonly StatusMessage[]> {
  const isAbove = async (after: number): Promise<boolean> =>
    (await ask('message/list', { after, pageSize: 1 })).messages.length > 0;
  let [low, high] = [0, 1];
  while (await isAbove(high)) [low, high] = [high, high * 2];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (await isAbove(middle)) low = middle;
    else high = middle;
  }
  const { messages } = await ask('message/list', { after: Math.max(0, high - count), pageSize: count });
  return messages.toReversed();
}
