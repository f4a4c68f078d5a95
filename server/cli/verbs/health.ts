import { systemZone, toWall, wallText } from '../../schedule/zone.js';
import type { Health, HealthRow } from '../../contract/generated/types.js';
import { toSyncError } from '../../errors/SyncError.js';
import { clientOf, EXIT_CODES, printJson, unknownHealth } from '../CommandContext.js';
import type { CommandContext } from '../CommandContext.js';
import type { SiteArgs } from '../parser/options.js';
import { printTable } from '../tableLines.js';
import type { Column } from '../tableLines.js';

const COLUMNS: readonly Column<HealthRow>[] = [
  { heading: 'Site', text: (row) => row.SiteCode },
  { heading: 'Server', text: (row) => row.WSUSServerName, width: 30 },
  { heading: 'In step', text: (row) => (row.InStep ? 'yes' : 'no') },
  { heading: 'Behind', text: (row) => String(row.VersionsBehind), right: true },
  { heading: 'Since', text: (row) => localText(row.Since), from: 140 },
  { heading: 'Link', text: (row) => row.Link },
  { heading: 'Last success', text: (row) => localText(row.LastSuccessfulSyncTime), from: 100 },
  { heading: 'Age', text: (row) => ageText(row.LastSuccessfulSyncAgeSeconds), right: true },
  { heading: 'Next', text: nextText, from: 120 },
  { heading: 'Last error', text: (row) => row.LastError, width: 400, wraps: true },
];

/**
 * `health`: one sentence, the software update points, what needs doing. The exit codes are those of monitoring systems:
 * 0 well, 1 degraded, 2 broken, 3 not known.
 */
export async function health(args: SiteArgs, context: CommandContext): Promise<number> {
  try {
    const client = await clientOf(args, context);
    return show(await client.request('health/get', {}, context), context);
  } catch (caught) {
    const error = toSyncError(caught, 'the health of the site');
    context.tell(`Unknown: ${error.message}`);
    context.tell(error.nextStepCli);
    if (context.json) printJson(context, unknownHealth(error));
    return EXIT_CODES.unknown;
  }
}

function show(found: Health, context: CommandContext): number {
  if (context.json) {
    printJson(context, found);
    return found.ExitCode;
  }
  context.print(found.Summary);
  context.print('');
  printTable(context, found.SoftwareUpdatePoints, COLUMNS);
  if (found.Actions.length > 0) context.print('\nWhat to do, the worst first:');
  for (const action of found.Actions) context.print(`  ${action}`);
  return found.ExitCode;
}

/** `3d 4h`, `12m`. */
function ageText(seconds: number | null): string {
  if (seconds === null) return '';
  const [days, hours, minutes] = [seconds / 86_400, (seconds / 3600) % 24, (seconds / 60) % 60].map(Math.floor);
  if (days !== 0) return `${days}d ${hours}h`;
  return hours === 0 ? `${minutes}m` : `${hours}h ${minutes}m`;
}

function nextText({ NextSyncTime, IsKept }: HealthRow): string {
  if (NextSyncTime === null) return '';
  return IsKept === false ? 'no service runs' : localText(NextSyncTime);
}

/** By the clock of this machine, as in the sentence. */
function localText(time: string | null): string {
  return time === null
    ? ''
    : wallText(toWall(systemZone, Date.parse(time)))
        .slice(0, 16)
        .replace('T', ' ');
}
