/** Which of the two commits. */
export type Side = 'here' | 'there';

/**
 * The order of the rounds of so many pairs: each pair begins with the other side than the one before, so that neither
 * always comes first.
 */
export function turnsOf(pairs: number): readonly Side[] {
  return Array.from({ length: pairs }, (_, pair): Side[] =>
    pair % 2 === 0 ? ['here', 'there'] : ['there', 'here'],
  ).flat();
}
