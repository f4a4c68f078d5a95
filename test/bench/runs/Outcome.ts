import type { Measure } from '../figures/Measure.js';

/** All rounds of a scenario with one product, or why there are none. */
export interface Outcome {
  readonly rounds: readonly (readonly Measure[])[];
  /** Undefined where every round was measured. */
  readonly problem: string | undefined;
}

/** A scenario with what was measured; `there` only where two commits are compared. */
export interface ScenarioResult {
  readonly name: string;
  readonly title: string;
  readonly size: number;
  readonly here: Outcome;
  readonly there?: Outcome;
}

/** The values of all rounds by the name of their measure, in the order of the first round. */
export function valuesOf({ rounds }: Outcome): ReadonlyMap<string, { first: Measure; values: readonly number[] }> {
  const found = new Map<string, { first: Measure; values: number[] }>();
  for (const one of rounds.flat()) {
    const known = found.get(one.name);
    if (known === undefined) found.set(one.name, { first: one, values: [one.value] });
    else known.values.push(one.value);
  }
  return found;
}
