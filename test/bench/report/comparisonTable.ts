import { formatSummary } from '../figures/formatFigure.js';
import { pairedRatio, summaryOf, type Verdict, verdictOf } from '../figures/statistics.js';
import { type ScenarioResult, valuesOf } from '../runs/Outcome.js';
import { alignedTables, heading } from './absoluteTable.js';

/** What the columns are called. */
export interface Labels {
  readonly here: string;
  readonly there: string;
}

/** How a verdict stands behind its ratio. */
const WORDS: Readonly<Record<Verdict, string>> = {
  worse: 'worse',
  better: 'better',
  'within the spread': '',
  'too few pairs': '',
};

/** Both commits side by side. */
export function comparisonTable(results: readonly ScenarioResult[], labels: Labels): string[] {
  return alignedTables([
    [['  median (lowest to highest)', labels.here, labels.there, 'ratio']],
    ...results.map((result) => [heading(result), ...rowsOf(result, labels)]),
  ]);
}

function rowsOf({ here, there }: ScenarioResult, labels: Labels): string[][] {
  const others = there === undefined ? undefined : valuesOf(there);
  const rows = [...valuesOf(here)].map(([name, { first, values }]) => {
    const cell = formatSummary(summaryOf(values), first.unit);
    const other = others?.get(name);
    if (other === undefined) return [`  ${name}`, cell, '–'];
    return [`  ${name}`, cell, formatSummary(summaryOf(other.values), first.unit), ratioCell(values, other.values)];
  });
  return [...rows, ...problemLine(labels.here, here.problem), ...problemLine(labels.there, there?.problem)];
}

function ratioCell(here: readonly number[], there: readonly number[]): string {
  return `${pairedRatio(here, there).toFixed(2)} ${WORDS[verdictOf(here, there)]}`.trimEnd();
}

function problemLine(label: string, problem: string | undefined): string[][] {
  return problem === undefined ? [] : [[`  not possible with ${label}: ${problem}`]];
}
