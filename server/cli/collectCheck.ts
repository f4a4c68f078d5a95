import type { StoreCheckResult, StoreFinding } from '../contract/generated/types.js';
import type { EngineClient } from '../rpc/EngineClient.js';
import { forwardWithCare } from '../rpc/forwardWithCare.js';
import type { CommandContext } from './CommandContext.js';
import { ProgressLine } from './ProgressLine.js';

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
      const params = { quick: options.quick, ...(after === undefined ? {} : { after }) };
      const part = (await forwardWithCare(client, { method: 'store/check', params }, context)) as StoreCheckResult;
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
  const percent = inAll === 0 ? 100 : Math.min(100, Math.floor((100 * report.Documents) / inAll));
  line.show({
    RunId: 0,
    State: 'Running',
    Phase: 'Check',
    Activity: 'Checking documents',
    Processed: report.Documents,
    Total: inAll,
    PercentComplete: percent,
  });
}
