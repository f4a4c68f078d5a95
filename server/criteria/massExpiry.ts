/** So many updates may be missing without a question, whatever share they are. */
const UNQUESTIONED = 50;

/** How many of the live updates that a full list should name it does not name. */
export interface MissingShare {
  readonly missing: number;
  readonly live: number;
  readonly limitPercent: number;
}

/** True when so many updates are missing that the upstream is rather broken than right. */
export function isMassExpiry({ missing, live, limitPercent }: MissingShare): boolean {
  if (missing === 0) return false;
  return missing === live || (missing > UNQUESTIONED && missing * 100 > live * limitPercent);
}
