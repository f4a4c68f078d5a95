import { formatSummary } from '../figures/formatFigure.js';
import type { Measure } from '../figures/Measure.js';
import { summaryOf } from '../figures/statistics.js';
import { type ScenarioResult, valuesOf } from '../runs/Outcome.js';
import { alignedLines } from './alignedLines.js';

/** The figures of one commit beside their budgets. */
export function absoluteTable(results: readonly ScenarioResult[]): string[] {
  const tables = results.map((result) => [heading(result), ...rowsOf(result)]);
  return alignedTables(tables);
}

/** One blank line between the scenarios; all columns of one width. */
export function alignedTables(tables: readonly (readonly (readonly string[])[])[]): string[] {
  const lines = alignedLines(tables.flat().map((row) => (row.length === 1 ? [] : row)));
  let at = 0;
  return tables.flatMap((table, index) => [
    ...(index === 0 ? [] : ['']),
    ...table.map((row) => {
      const line = lines[at++] ?? '';
      return row.length === 1 ? (row[0] ?? '') : line;
    }),
  ]);
}

/** What a scenario is called and does. */
export function heading({ name, size, title }: Pick<ScenarioResult, 'name' | 'size' | 'title'>): string[] {
  return [`${name}=${size}: ${title}`];
}

function rowsOf({ here }: ScenarioResult): string[][] {
  const problem = here.problem === undefined ? [] : [[`  not measured: ${here.problem}`]];
  const rows = [...valuesOf(here)].map(([name, { first, values }]) => [
    `  ${name}`,
    [formatSummary(summaryOf(values), first.unit), ...noteOf(first)].join(', '),
    first.budget === undefined ? '' : `budget ${first.budget}`,
  ]);
  return [...rows, ...problem];
}

function noteOf({ note }: Measure): string[] {
  return note === undefined ? [] : [note];
}
