import { randomUUID } from 'node:crypto';
import type {
  FailedUpdate,
  StoreFinding,
  StoreRepairRequest,
  StoreRepairResult,
} from '../../contract/generated/types.js';
import type { EngineClient } from '../../relay/EngineClient.js';
import { forwardRequest } from '../../relay/forwardRequest.js';
import { clientOf, EXIT_CODES, printJson } from '../CommandContext.js';
import type { CommandContext } from '../CommandContext.js';
import type { RepairArgs } from '../parser/options.js';
import { FINDING_COLUMNS } from '../table.js';
import { printTable } from '../tableLines.js';
import { collectCheck } from './check.js';

const REVISIONS_AT_ONCE = 200;

/** The JSON document of `repair`. */
interface RepairReport {
  readonly Repaired: number;
  readonly Failed: readonly FailedUpdate[];
  readonly Rewritten: boolean;
  /** Documents from which the index was made again; 0 where it was not. */
  readonly Rebuilt: number;
  readonly Lost: string | null;
  readonly Backup: string | null;
  /** Damage that repair can do nothing about. */
  readonly Remaining: readonly StoreFinding[];
}

/** `repair`: mends the database, then fetches every damaged document again; ends with 7 where damage stays. */
export async function repair(args: RepairArgs, context: CommandContext): Promise<number> {
  const client = await clientOf(args, context);
  const rebuild = args.rebuild === true ? { rebuild: true } : {};
  const database = await ask(client, { acceptLoss: args['accept-loss'] === true, ...rebuild }, context);
  if (database.rewritten)
    context.tell('Files of the site database were damaged. They were rewritten, and nothing is lost.');
  if (database.rebuilt !== undefined)
    context.tell(
      `The database was rebuilt from ${database.rebuilt} documents. Set source and subscriptions, then synchronize.`,
    );
  if (database.lost !== null)
    context.tell(
      `The site database was repaired. Lost: ${database.lost}. The damaged files are in ${database.backup ?? ''}`,
    );
  const { Findings } = await collectCheck(client, { quick: false }, context);
  const documents = await repairDocuments(client, Findings, context);
  const report: RepairReport = {
    Repaired: documents.repaired,
    Failed: documents.failed,
    Rewritten: database.rewritten,
    Rebuilt: database.rebuilt ?? 0,
    Lost: database.lost,
    Backup: database.backup,
    Remaining: Findings.filter((finding) => finding.Severity === 'Damage' && finding.Repair !== 'Fetch'),
  };
  if (context.json) printJson(context, report);
  else showReport(report, context);
  return report.Failed.length + report.Remaining.length === 0 ? EXIT_CODES.done : EXIT_CODES.damaged;
}

async function ask(
  client: EngineClient,
  params: Omit<StoreRepairRequest, 'requestId'>,
  context: CommandContext,
): Promise<StoreRepairResult> {
  return (await forwardRequest(
    client,
    { method: 'store/repair', params: { requestId: randomUUID(), ...params } },
    context,
  )) as StoreRepairResult;
}

async function repairDocuments(
  client: EngineClient,
  findings: readonly StoreFinding[],
  context: CommandContext,
): Promise<Pick<StoreRepairResult, 'repaired' | 'failed'>> {
  const revisions = findings.flatMap(({ Repair, RevisionId }) =>
    Repair === 'Fetch' && RevisionId !== null ? [RevisionId] : [],
  );
  const sum = { repaired: 0, failed: [] as FailedUpdate[] };
  for (let at = 0; at < revisions.length; at += REVISIONS_AT_ONCE) {
    const { repaired, failed } = await ask(client, { revisions: revisions.slice(at, at + REVISIONS_AT_ONCE) }, context);
    sum.repaired += repaired;
    sum.failed.push(...failed);
    context.tell(
      `${Math.min(at + REVISIONS_AT_ONCE, revisions.length)} of ${revisions.length} damaged documents were requested.`,
    );
  }
  return sum;
}

function showReport(report: RepairReport, context: CommandContext): void {
  for (const { UpdateID, RevisionNumber, Reason } of report.Failed)
    context.tell(`${UpdateID}.${RevisionNumber} is still damaged: ${Reason}`);
  if (report.Remaining.length > 0) printTable(context, report.Remaining, FINDING_COLUMNS);
  context.print(
    `Repaired ${report.Repaired} documents; ${report.Failed.length + report.Remaining.length} ` +
      `findings of damage remain.`,
  );
}
