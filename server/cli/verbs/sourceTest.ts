import type { SourceTest, SourceTestStage } from '../../contract/generated/types.js';
import { isErrorId, SyncError } from '../../errors/SyncError.js';
import { clientOf, defined, EXIT_CODES, printJson } from '../CommandContext.js';
import type { CommandContext } from '../CommandContext.js';
import type { SourceTestArgs } from '../parser/administrationOptions.js';
import { dateText } from '../table.js';
import { printTable } from '../tableLines.js';
import type { Column } from '../tableLines.js';

const COLUMNS: readonly Column<SourceTestStage>[] = [
  { heading: 'Stage', text: (row) => row.Stage },
  { heading: 'Status', text: (row) => row.Status },
  { heading: 'Seconds', text: (row) => row.DurationSeconds.toFixed(3), right: true },
  { heading: 'Target', text: (row) => row.Target, width: 50, from: 120 },
  { heading: 'Detail', text: (row) => detailOf(row), width: 1000, wraps: true },
];

/** `source test`: the exit code is that of the stage that failed. */
export async function sourceTest(args: SourceTestArgs, context: CommandContext): Promise<number> {
  const client = await clientOf(args, context);
  const result = await client.request('source/test', defined({ upstreamSourceLocation: args.upstream }), context);
  if (context.json) printJson(context, result);
  else printTable(context, result.Stages, COLUMNS);
  return exitCodeOf(result, context);
}

function exitCodeOf(result: SourceTest, context: CommandContext): number {
  const failed = result.Stages.find((stage) => stage.Status === 'Failed');
  if (failed === undefined) return EXIT_CODES.done;
  context.tell(failed.NextStep);
  return isErrorId(failed.ErrorId) ? new SyncError(failed.ErrorId).exitCode : EXIT_CODES.failed;
}

function detailOf(stage: SourceTestStage): string {
  if (stage.ErrorId !== '') return `${stage.ErrorId}: ${stage.ErrorMessage}`;
  return stage.CertificateSubject === ''
    ? stage.Detail
    : `${stage.Detail}, ${stage.CertificateSubject}, until ${dateText(stage.CertificateNotAfter ?? null).slice(0, 10)}`;
}
