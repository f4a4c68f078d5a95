import { pairedRatio, summaryOf, verdictOf } from '../figures/statistics.js';
import { type Outcome, type ScenarioResult, valuesOf } from '../runs/Outcome.js';

/** The scenarios of a report in JSON: every value, in milliseconds and bytes, and what follows from them. */
export function jsonScenarios(results: readonly ScenarioResult[]): object[] {
  return results.map(({ name, title, size, here, there }) => ({
    name,
    title,
    size,
    problem: here.problem ?? null,
    ...(there === undefined ? {} : { problemThere: there.problem ?? null }),
    measures: measuresOf(here, there),
  }));
}

function measuresOf(here: Outcome, there: Outcome | undefined): object[] {
  const others = there === undefined ? undefined : valuesOf(there);
  return [...valuesOf(here)].map(([name, { first, values }]) => {
    const other = others?.get(name)?.values;
    return {
      name,
      unit: first.unit,
      budget: first.budget ?? null,
      here: { ...summaryOf(values), values },
      ...(other === undefined
        ? {}
        : {
            there: { ...summaryOf(other), values: other },
            ratio: pairedRatio(values, other),
            verdict: verdictOf(values, other),
          }),
    };
  });
}
