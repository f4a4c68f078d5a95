import {
  DEFAULT_TASK,
  isForgettingDue,
  KEPT_RUNS,
  KEPT_SUCCESSES,
  keptSince,
  type MaintenanceTaskName,
  type TaskSetting,
} from '../criteria/retention.js';
import type { SiteReads } from '../store/SiteDatabase.js';
import type { SiteContext } from './SiteContext.js';
import { readState, STATE, stateChange } from './siteState.js';
import { readRuns } from './storedRuns.js';

type Place = Pick<SiteContext, 'database' | 'now' | 'log'>;

/** Runs that are looked at and removed in one transaction. */
const PAGE = 200;

/** How the tasks are set, completed with the default. */
export async function readTask(database: Pick<SiteReads, 'setting'>, name: MaintenanceTaskName): Promise<TaskSetting> {
  return (await readState(database, STATE.maintenanceTasks))?.[name] ?? DEFAULT_TASK;
}

/** Does what the tasks say, once a day. */
export async function forgetWhenDue(place: Place): Promise<void> {
  const { database } = place;
  const now = place.now().getTime();
  if (!isForgettingDue((await readState(database, STATE.tasksDone)) ?? 0, now)) return;
  await forgetMessages(place, keptSince(await readTask(database, 'DeleteAgedStatusMessages'), now));
  await forgetRuns(place, keptSince(await readTask(database, 'DeleteAgedLogData'), now));
  await database.commit({ settings: stateChange({ tasksDone: now }) });
}

async function forgetMessages({ database, log }: Place, since: number | undefined): Promise<void> {
  if (since === undefined) return;
  const [oldest] = await database.messages({ after: 0, from: 0, limit: 1 });
  const below = await firstKeptMessage(database);
  if (oldest === undefined || oldest.id >= below || timeOf(oldest.json) >= since) return;
  await database.commit({ forgetMessages: { before: since, below } });
  log.write(`Status messages from before ${new Date(since).toISOString()} were removed.`);
}

/** The newest one stays, so that its number does not come again; so do those that no rule has seen yet. */
async function firstKeptMessage(database: SiteReads): Promise<number> {
  const newest = (await database.nextIds()).message - 1;
  const rules = (await readState(database, STATE.statusRules))?.rules ?? [];
  const ruled = (await readState(database, STATE.ruledUpTo)) ?? 0;
  return rules.length === 0 ? newest : Math.min(newest, ruled + 1);
}

function timeOf(json: string): number {
  return Date.parse((JSON.parse(json) as { readonly time: string }).time);
}

async function forgetRuns({ database, log }: Place, since: number | undefined): Promise<void> {
  if (since === undefined) return;
  const kept = new Set((await readRuns(database, { newest: KEPT_SUCCESSES, state: 'Succeeded' })).map(({ Id }) => Id));
  const firstKept = (await readRuns(database, { newest: KEPT_RUNS })).at(-1)?.Id ?? 0;
  let [after, count] = [0, 0];
  for (;;) {
    const page = await readRuns(database, { oldest: PAGE, after });
    const older = page.filter(({ Id }) => Id < firstKept);
    const removedRuns = older
      .filter(({ Id, State, EndTime }) => !kept.has(Id) && State !== 'Running' && Date.parse(EndTime ?? '') < since)
      .map(({ Id }) => Id);
    if (removedRuns.length > 0) await database.commit({ removedRuns });
    count += removedRuns.length;
    after = page.at(-1)?.Id ?? 0;
    if (older.length < PAGE) break;
  }
  if (count > 0)
    log.write(`${count} synchronizations that ended before ${new Date(since).toISOString()} were removed.`);
}
