import { closestNames } from './closestNames.js';
import { wildcardPattern } from './matchNames.js';

/** For each given name (with * and ?) that fits none of the known ones: `Nonsense. Closest: A, B, C.` */
export function unknownNames(given: readonly string[], known: readonly string[]): readonly string[] {
  const unknown = given.filter((name) => !known.some((candidate) => wildcardPattern(name).test(candidate)));
  return unknown.map(
    (name) =>
      `${name}. ${
        known.length === 0
          ? 'No categories are known yet: synchronize ' + 'first.'
          : `Closest: ${closestNames(name, known).join(', ')}.`
      }`,
  );
}
