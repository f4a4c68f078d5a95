import type { StoreCheckResult, StoreFinding } from '../../contract/generated/types.js';
import type { EngineClient } from '../../relay/EngineClient.js';
import { forwardRequest } from '../../relay/forwardRequest.js';
import { workProgress } from '../../rpc/requests.js';
import { clientOf, EXIT_CODES, printJson } from '../CommandContext.js';
import type { CommandContext } from '../CommandContext.js';
import type { CheckArgs } from '../parser/options.js';
import { FINDING_COLUMNS } from '../table.js';
import { printTable } from '../tableLines.js';
import { ProgressLine } from '../waitForRun.js';

/** A whole check: the JSON document of `check`. */
export interface CheckReport {
  Healthy: boolean;
  /** No engine could start: the files were read as far as they go. */
  Offline: boolean;
  Files: number;
  Transactions: number;
  Documents: number;
  OrphanedBytes: number;
  readonly Findings: StoreFinding[];
}

/** Asks for part after part of a check and shows how far it is. */
export async function collectCheck(
  client: EngineClient,
  options: { quick: boolean },
  context: CommandContext,
): Promise<CheckReport> {
  const report: CheckReport = {
    Healthy: true,
    Offline: false,
    Files: 0,
    Transactions: 0,
    Documents: 0,
    OrphanedBytes: 0,
    Findings: [],
  };
  const line = new ProgressLine(context);
  try {
    for (let after: string | null | undefined; after !== null;) {
      const params = { quick: options.quick, after };
      const part = (await forwardRequest(client, { method: 'store/check', params }, context)) as StoreCheckResult;
      add(report, part);
      show(line, report, part.documentsInAll);
      after = part.next;
    }
  } finally {
    line.end();
  }
  return report;
}

function add(report: CheckReport, part: StoreCheckResult): void {
  report.Offline ||= part.offline;
  report.Files += part.files;
  report.Transactions += part.transactions;
  report.Documents += part.documents;
  report.OrphanedBytes += part.orphanedBytes;
  report.Findings.push(...part.findings);
  report.Healthy &&= part.findings.every((finding) => finding.Severity !== 'Damage');
}

function show(line: ProgressLine, report: CheckReport, inAll: number): void {
  line.show(workProgress({ phase: 'Check', activity: 'Checking documents', done: report.Documents, total: inAll }));
}

/** `check`: verifies everything that the site has stored; ends with 7 where something is damaged. */
export async function check(args: CheckArgs, context: CommandContext): Promise<number> {
  const report = await collectCheck(await clientOf(args, context), { quick: args.quick === true }, context);
  if (context.json) printJson(context, report);
  else showReport(report, context);
  return report.Healthy ? EXIT_CODES.done : EXIT_CODES.damaged;
}

function showReport(report: CheckReport, context: CommandContext): void {
  if (report.Offline) context.tell('No engine can open the site: its files were read as far as they go.');
  if (report.Findings.length > 0) printTable(context, report.Findings, FINDING_COLUMNS);
  const count = (number: number, what: string): string => `${number.toLocaleString('en')} ${what}`;
  const damaged = report.Findings.filter((finding) => finding.Severity === 'Damage').length;
  const seen = [
    count(report.Files, 'files'),
    count(report.Transactions, 'transactions'),
    count(report.Documents, 'documents'),
  ];
  const found = `${count(damaged, damaged === 1 ? 'finding' : 'findings')} of damage`;
  context.print(`Checked ${seen.join(', ')}: ${report.Healthy ? 'nothing is damaged' : found}.`);
  if (!report.Healthy) context.tell('Run configmgrsync repair to repair what can be repaired.');
}
