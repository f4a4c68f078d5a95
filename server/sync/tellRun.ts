import { whyUnkept } from '../state/keeper.js';
import type { Run } from '../contract/generated/types.js';
import type { SystemLog } from '../platform/systemLog.js';
import { toWall, wallText } from '../schedule/zone.js';
import { isSameServer } from '../site/isSameServer.js';
import type { SiteContext } from '../state/SiteContext.js';
import type { SoftwareUpdatePoints } from '../state/SoftwareUpdatePoint.js';
import { nextSync, type NextSync, readScheduleFacts, RETRY_AFTER } from '../state/nextRun.js';
import { readRuns } from '../state/storedRuns.js';
import { runEvent } from '../status/runEvent.js';

/**
 * The last lines of a run in the log: when the next one starts by itself. Those of a failed run end as the product's
 * do.
 */
export async function tellNextSync(context: SiteContext, run: Run): Promise<void> {
  const next = nextSync(await readScheduleFacts(context, false));
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
function unkept({ keeper }: SiteContext, { time }: NextSync): string {
  const why = time === undefined ? undefined : whyUnkept(keeper());
  return why === undefined ? '' : `, if an engine runs then: ${why}`;
}

function lastLine({ requester, time, reason }: NextSync, now: number): string {
  if (time === undefined) return `Sync failed. Will not retry: ${reason}`;
  if (requester === 'Retry' && time <= now) return 'Sync failed. Will retry when the engine starts again';
  return `Sync failed. Will retry in ${Math.round(Math.min(RETRY_AFTER, Math.max(0, time - now)) / 60_000)} minutes`;
}

const NOTIFICATION = 'Found parent sync notification file';

/**
 * The first lines of a run in wsyncmgr.log by who asked for it (configmgr.md section 3.2; those of a retry and of an
 * import are ours).
 */
const LINES: Readonly<Record<Run['Requester'], readonly string[]>> = {
  Command: [
    'Wakeup by inbox drop',
    'Found local sync request file',
    'Starting Sync',
    'Performing sync on local request',
  ],
  Parent: ['Wakeup by inbox drop', NOTIFICATION, 'Starting Sync', 'Performing sync on parent request'],
  Schedule: ['Wakeup for scheduled regular sync', 'Starting Sync', 'Performing sync on regular schedule'],
  Import: ['Wakeup by a package to import', 'Starting Sync', 'Performing sync from a package'],
  Retry: ['Wakeup for a polling cycle', 'Starting Sync', 'Performing sync on retry schedule'],
};

/** What the log says of why a run began; `parent` is the site code of the site above. */
export function wakeupLines(requester: Run['Requester'], parent?: string): readonly string[] {
  return LINES[requester].map((line) =>
    line === NOTIFICATION && parent !== undefined ? `${line} ${parent}.SYN.` : line,
  );
}

/**
 * What the log of a run says of the software update points of the site, the default first (configmgr.md section 3.3).
 */
export function pointLines(siteServer: string, { defaultServer, points }: SoftwareUpdatePoints): readonly string[] {
  const names = [
    defaultServer,
    ...points.map((point) => point.serverName).filter((name) => !isSameServer(name, defaultServer)),
  ];
  return [
    `Read SUPs from SCF for ${siteServer.toUpperCase()}`,
    `Found ${names.length} SUPs`,
    ...names.map((name) => `Found active SUP ${name.toUpperCase()} from SCF File.`),
  ];
}

/** So many runs back a failure is looked for; more cancelled ones in a row do not matter. */
const LOOKED = 20;

/** Tells the log of the system that a run failed, or that one succeeded again. */
export async function reportRun(context: SiteContext, run: Run, systemLog: SystemLog): Promise<void> {
  const runs = await readRuns(context.database, { newest: LOOKED });
  const event = runEvent(
    run,
    runs.filter((other) => other.Id < run.Id),
  );
  if (event !== undefined) await systemLog.write(event);
}
