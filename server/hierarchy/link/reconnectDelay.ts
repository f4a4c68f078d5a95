const firstMs = 1000;
const longestMs = 300_000;
/** After a refusal that only an administrator can change. */
const refusedMs = 60_000;

/**
 * Milliseconds until a node dials its parent again: doubled with every failure in a row up to five minutes, at least a
 * minute after a refusal,
 * and spread by chance between half and one and a half of it, so that a thousand nodes do not come back in the same
 * second.
 * @param random from 0 up to 1
 */
export function reconnectDelay(
  { failures, isRefusal }: { readonly failures: number; readonly isRefusal: boolean },
  random: number,
): number {
  const grown = Math.min(longestMs, firstMs * 2 ** Math.min(Math.max(0, failures - 1), 20));
  return Math.round((isRefusal ? Math.max(refusedMs, grown) : grown) * (0.5 + random));
}
