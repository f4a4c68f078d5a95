/** Every code in an error, its causes and its parts (Node tries several addresses and throws an AggregateError). */
export function errorCodes(caught: unknown, depth = 0): readonly string[] {
  if (!(caught instanceof Error) || depth > 5) return [];
  const own = 'code' in caught && typeof caught.code === 'string' ? [caught.code] : [];
  const parts = caught instanceof AggregateError ? caught.errors : [];
  return [...own, ...errorCodes(caught.cause, depth + 1), ...parts.flatMap((part) => errorCodes(part, depth + 1))];
}
