import { clientOf } from '../clientOf.js';
import { collectCheck, type CheckReport } from '../collectCheck.js';
import { findingColumns } from '../columns.js';
import { type CommandContext, exitCodes, printJson } from '../CommandContext.js';
import type { CheckArgs } from '../options.js';
import { tableLines } from '../printTable.js';

/** `check`: verifies everything that the site has stored; ends with 7 where something is damaged. */
export async function check(args: CheckArgs, context: CommandContext): Promise<number> {
  const report = await collectCheck(await clientOf(args, context), { quick: args.quick === true }, context);
  if (context.json) printJson(context, report);
  else showReport(report, context);
  return report.Healthy ? exitCodes.done : exitCodes.damaged;
}

function showReport(report: CheckReport, context: CommandContext): void {
  if (report.Offline) context.tell('No engine can open the site: its files were read as far as they go.');
  if (report.Findings.length > 0) for (const line of tableLines(report.Findings, findingColumns)) context.print(line);
  const count = (number: number, what: string): string => `${number.toLocaleString('en')} ${what}`;
  const damaged = report.Findings.filter((finding) => finding.Severity === 'Damage').length;
  const seen = [
    count(report.Files, 'files'),
    count(report.Transactions, 'transactions'),
    count(report.Documents, 'documents'),
  ];
  const found = `${count(damaged, damaged === 1 ? 'finding' : 'findings')} of damage`;
  context.print(`Checked ${seen.join(', ')}: ${report.Healthy ? 'nothing is damaged' : found}.`);
  if (!report.Healthy) context.tell('Mend with configmgrsync repair what can be mended.');
}
