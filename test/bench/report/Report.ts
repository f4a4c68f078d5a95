import type { Product } from '../product/Product.js';
import type { ScenarioResult } from '../runs/Outcome.js';
import { absoluteTable } from './absoluteTable.js';
import { baselineLines } from './baselineLines.js';
import { comparisonTable } from './comparisonTable.js';
import { jsonScenarios } from './jsonReport.js';
import { type Machine, machineLine } from './machine.js';

/** All that one call of the bench found. */
export interface Report {
  readonly here: Pick<Product, 'commit' | 'label'>;
  readonly there: Pick<Product, 'commit' | 'label'> | undefined;
  readonly machine: Machine;
  /** At the start and at the end. */
  readonly loads: readonly (number | undefined)[];
  readonly rounds: number;
  readonly results: readonly ScenarioResult[];
}

/** The report as one JSON document. */
export function reportJson({ here, there, machine, loads, rounds, results }: Report): string {
  const scenarios = jsonScenarios(results);
  return JSON.stringify(
    { commit: here.commit, label: here.label, against: there?.commit ?? null, machine, loads, rounds, scenarios },
    null,
    2,
  );
}

/** The report as a table. */
export function reportLines(report: Report): string[] {
  const { here, there, rounds, results } = report;
  const line = machineLine(report.machine, report.loads);
  if (there === undefined) return [`${here.label}, ${timesOf(rounds)}, ${line}`, '', ...absoluteTable(results)];
  const table = comparisonTable(results, { here: here.label, there: there.label });
  return [
    `${here.label} beside ${there.label}, ${rounds === 1 ? 'one pair' : `${rounds} pairs in turns`}, ${line}`,
    '',
    ...table,
  ];
}

/** The report in a line a scenario. */
export function shortLines({ here, there, machine, loads, results }: Report): string[] {
  const lines = baselineLines(results, { here: here.label, there: there?.label ?? '' });
  return [...lines, `(${machineLine(machine, loads)})`];
}

function timesOf(rounds: number): string {
  return rounds === 1 ? 'measured once' : `measured ${rounds} times`;
}
