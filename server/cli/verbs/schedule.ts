import { SyncError } from '../../errors/SyncError.js';
import type { ScheduleToken } from '../../schedule/ScheduleToken.js';
import { describeDuration, describeToken } from '../../schedule/describeToken.js';
import { nextOccurrence } from '../../schedule/nextOccurrence.js';
import { decodeSchedule } from '../../schedule/scheduleString.js';
import { namedZone, systemZone, toWall, wallText } from '../../schedule/zone.js';
import type { Zone } from '../../schedule/zone.js';
import type { CommandContext } from '../CommandContext.js';
import type { NextArgs, ScheduleArgs } from '../parser/options.js';
import type { Column } from '../tableLines.js';
import { show } from './lists.js';

const LONGEST_LIST = 1000;

const TOKEN_COLUMNS: readonly Column<ScheduleToken>[] = [
  { heading: 'ClassName', text: (token) => token.ClassName, from: 120 },
  { heading: 'StartTime', text: (token) => token.StartTime.replace('T', ' ') },
  { heading: 'IsGMT', text: (token) => String(token.IsGMT) },
  { heading: 'Recurrence', text: describeToken, width: 100, wraps: true },
  { heading: 'Duration', text: describeDuration },
];

/** An occurrence: the instant in UTC, and what the clock of the zone shows then. */
interface Occurrence {
  readonly Time: string;
  readonly LocalTime: string;
}

const OCCURRENCE_COLUMNS: readonly Column<Occurrence>[] = [
  { heading: 'LocalTime', text: (row) => row.LocalTime.replace('T', ' ') },
  { heading: 'UTC', text: (row) => row.Time.slice(0, 19).replace('T', ' ') },
];

/** `schedule convert`. */
export async function convert(args: ScheduleArgs, context: CommandContext): Promise<number> {
  return Promise.resolve(show(decodeSchedule(args.string), TOKEN_COLUMNS, context));
}

/** `schedule next`: the next occurrences from now on. */
export async function next(args: NextArgs, context: CommandContext): Promise<number> {
  if (!Number.isInteger(args.count) || args.count < 1 || args.count > LONGEST_LIST) {
    throw new SyncError('InvalidRequest', {
      method: 'of the command line',
      reason: `--count must be 1 to ${LONGEST_LIST}`,
    });
  }
  const zone = args.zone === undefined ? systemZone : namedZone(args.zone);
  const tokens = decodeSchedule(args.string);
  return Promise.resolve(
    show(occurrences(tokens, { after: new Date(), count: args.count, zone }), OCCURRENCE_COLUMNS, context),
  );
}

function occurrences(
  tokens: readonly ScheduleToken[],
  options: { after: Date; count: number; zone: Zone },
): readonly Occurrence[] {
  const found: Occurrence[] = [];
  for (
    let at = nextOccurrence(tokens, options.after, options.zone);
    at !== undefined && found.length < options.count;
    at = nextOccurrence(tokens, at, options.zone)
  ) {
    found.push({ Time: at.toISOString(), LocalTime: wallText(toWall(options.zone, at.getTime())) });
  }
  return found;
}
