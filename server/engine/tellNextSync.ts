import { toWall, wallText } from '../schedule/zone.js';
import type { Run } from '../contract/generated/types.js';
import type { SiteContext } from '../state/SiteContext.js';
import { nextSync, type NextSync, readBeatFacts, RETRY_AFTER } from '../state/nextRun.js';

/**
 * The last lines of a run in the log: when the next one starts by itself. Those of a failed run end as the product's
 * do.
 */
export async function tellNextSync(context: SiteContext, run: Run): Promise<void> {
  const next = nextSync(await readBeatFacts(context, false));
  const failed = run.State === 'Failed' ? [lastLine(next, context.now().getTime()) + unkept(context, next)] : [];
  context.log.write(...nextLine(context, next), ...failed);
}

function nextLine(context: SiteContext, next: NextSync): readonly string[] {
  const { zone } = context;
  const { requester, time } = next;
  if (time === undefined) return [];
  return [
    `Next scheduled sync is a ${requester === 'Retry' ? 'retry' : 'regular'} sync ` +
      `at ${wallText(toWall(zone, time)).replace('T', ' ')}${unkept(context, next)}`,
  ];
}

/** Without a service the engine may have ended by then. */
function unkept({ isKept }: SiteContext, { time }: NextSync): string {
  return time === undefined || isKept() ? '' : ', if an engine runs then: no service is installed';
}

function lastLine({ requester, time, reason }: NextSync, now: number): string {
  if (time === undefined) return `Sync failed. Will not retry: ${reason}`;
  if (requester === 'Retry' && time <= now) return 'Sync failed. Will retry when the engine starts again';
  return `Sync failed. Will retry in ${Math.round(Math.min(RETRY_AFTER, Math.max(0, time - now)) / 60_000)} minutes`;
}
