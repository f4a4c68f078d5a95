import path from 'node:path';
import type { ReportGetRequest } from '../../contract/generated/types.js';
import { SyncError } from '../../errors/SyncError.js';
import { clientOf } from '../CommandContext.js';
import { type CommandContext, EXIT_CODES, printJson } from '../CommandContext.js';
import { dateOf } from '../dateOf.js';
import type { ReportArgs } from '../parser/transferOptions.js';
import { writeNewFile } from '../writeNewFile.js';

const DAY = 86_400_000;
const DAYS = 7;
const MOST_DAYS = 36_500;

/** `report`: what changed since a time, into a file or on stdout. */
export async function report(args: ReportArgs, context: CommandContext): Promise<number> {
  const params = { since: sinceOf(args), format: formatOf(args) };
  const { text, warnings } = await (await clientOf(args, context)).request('report/get', params);
  for (const warning of warnings) context.tell(`Warning: ${warning}`);
  if (args.path === undefined) {
    if (context.json) printJson(context, { text, warnings });
    else context.print(text.trimEnd());
    return EXIT_CODES.done;
  }
  const file = path.resolve(args.path);
  await writeNewFile(file, { text, replaces: args.force === true });
  if (context.json) printJson(context, { path: file, warnings });
  else context.tell(`The report is in ${file}, as ${params.format}.`);
  return EXIT_CODES.done;
}

function sinceOf({ since, days }: ReportArgs): string {
  if (since !== undefined && days !== undefined)
    throw new SyncError('ContradictoryParameters', { reason: 'Give --since or --days, not both' });
  if (days !== undefined && !(days > 0 && days <= MOST_DAYS))
    throw new SyncError('InvalidRequest', {
      method: '--days',
      reason: `--days must be more than 0 and at most ${MOST_DAYS}`,
    });
  return dateOf('since', since) ?? new Date(Date.now() - (days ?? DAYS) * DAY).toISOString();
}

const ENDINGS: Readonly<Record<string, ReportGetRequest['format']>> = {
  '.csv': 'Csv',
  '.json': 'Json',
  '.txt': 'Text',
};

/** What is given, or what the name of the file says; a terminal gets text. */
function formatOf({ format, path: file }: ReportArgs): ReportGetRequest['format'] {
  if (format !== undefined) return format;
  return file === undefined ? 'Text' : (ENDINGS[path.extname(file).toLowerCase()] ?? 'Html');
}
