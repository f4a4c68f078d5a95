import { formatValue } from '../figures/formatFigure.js';
import { medianOf, pairedRatio } from '../figures/statistics.js';
import { type ScenarioResult, valuesOf } from '../runs/Outcome.js';
import type { Labels } from './comparisonTable.js';

const MEASURE = 'processor time';

/** A line a scenario: the processor time beside that of the baseline. */
export function baselineLines(results: readonly ScenarioResult[], { here, there }: Labels): string[] {
  return results.map((result) => {
    const name = `${result.name}=${result.size}`;
    const problem = result.here.problem ?? result.there?.problem;
    if (problem !== undefined) return `${name}: not compared: ${problem}`;
    const own = valuesOf(result.here).get(MEASURE)?.values ?? [];
    const other = (result.there === undefined ? undefined : valuesOf(result.there).get(MEASURE)?.values) ?? [];
    const [ownTime, otherTime] = [own, other].map((values) => formatValue(medianOf(values), 'ms')) as [string, string];
    return (
      `${name}: ${MEASURE} ${pairedRatio(own, other).toFixed(2)} times that of ${there} ` +
      `(${ownTime} with ${here}, ${otherTime} with ${there}; median of ${own.length} pairs)`
    );
  });
}
