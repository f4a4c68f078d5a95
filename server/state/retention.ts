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
import { readStatusRules } from './statusRuleStore.js';
import { readRuns } from './storedRuns.js';

type Place = Pick<SiteContext, 'database' | 'now' | 'log' | 'settingsMutex'>;

/** Runs that are looked at and removed in one transaction. */
const PAGE = 200;
/** The same of status messages. */
const PAGE_OF_MESSAGES = 2000;

/** How the tasks are set, completed with the default. */
export async function readTask(database: Pick<SiteReads, 'setting'>, name: MaintenanceTaskName): Promise<TaskSetting> {
  return (await readState(database, STATE.maintenanceTasks))?.[name] ?? DEFAULT_TASK;
}

/** Does what the tasks say, once a day. */
export async function forgetWhenDue(place: Place): Promise<void> {
  const { database } = place;
  const now = place.now().getTime();
  if (!isForgettingDue((await readState(database, STATE.tasksDone)) ?? 0, now)) return;
  const before = await readState(database, STATE.maintenanceTasks);
  await forgetMessages(place, keptSince(await readTask(database, 'DeleteAgedStatusMessages'), now));
  await forgetRuns(place, keptSince(await readTask(database, 'DeleteAgedLogData'), now));
  await place.settingsMutex.take(async () => {
    // What was said meanwhile is done at the next tick.
    const isSame = JSON.stringify(await readState(database, STATE.maintenanceTasks)) === JSON.stringify(before);
    if (isSame) await database.commit({ settings: stateChange({ tasksDone: now }) });
  });
}

/** In pieces, so that nobody waits for all of them; not as far as the newest ones. */
async function forgetMessages({ database, now, log }: Place, since: number | undefined): Promise<void> {
  if (since === undefined) return;
  const firstKept = await firstKeptMessage(database);
  let [after, count] = [0, 0];
  for (;;) {
    const page = await database.messages({ after, from: 0, limit: PAGE_OF_MESSAGES });
    const times = page.map(({ json }) => timeOf(json));
    const older = page.filter(({ id }, index) => id < firstKept && (times[index] ?? since) < since);
    after = page.at(-1)?.id ?? 0;
    if (older.length > 0)
      await database.commit({ forgetMessages: { before: since, below: Math.min(firstKept, after + 1) } });
    count += older.length;
    // Those of a clock that was ahead lie before older ones.
    const isOver = older.length === 0 && times.every((time) => time <= now().getTime());
    if (page.length < PAGE_OF_MESSAGES || after >= firstKept || isOver) break;
  }
  if (count > 0) log.write(`${count} status messages from before ${new Date(since).toISOString()} were removed.`);
}

/** The newest one stays, so that its number does not come again; so do those that no rule has seen yet. */
async function firstKeptMessage(database: SiteReads): Promise<number> {
  const newest = (await database.nextIds()).message - 1;
  const ruled = (await readState(database, STATE.ruledUpTo)) ?? 0;
  return (await readStatusRules(database)).some(({ isEnabled }) => isEnabled) ? Math.min(newest, ruled + 1) : newest;
}

function timeOf(json: string): number {
  return Date.parse((JSON.parse(json) as { readonly time: string }).time);
}

async function forgetRuns({ database, log }: Place, since: number | undefined): Promise<void> {
  if (since === undefined) return;
  const kept = new Set((await readRuns(database, { newest: KEPT_SUCCESSES, state: 'Succeeded' })).map(({ Id }) => Id));
  const firstKept = (await readRuns(database, { newest: KEPT_RUNS })).at(-1)?.Id ?? 0;
  const runsRemovedBefore = Math.max(since, (await readState(database, STATE.runsRemovedBefore)) ?? 0);
  let [after, count] = [0, 0];
  for (;;) {
    const page = await readRuns(database, { oldest: PAGE, after });
    const older = page.filter(({ Id }) => Id < firstKept);
    const removedRuns = older
      .filter(({ Id, State, EndTime }) => !kept.has(Id) && State !== 'Running' && Date.parse(EndTime ?? '') < since)
      .map(({ Id }) => Id);
    if (removedRuns.length > 0) await database.commit({ removedRuns, settings: stateChange({ runsRemovedBefore }) });
    count += removedRuns.length;
    after = page.at(-1)?.Id ?? 0;
    if (older.length < PAGE) break;
  }
  if (count > 0)
    log.write(`${count} synchronizations that ended before ${new Date(since).toISOString()} were removed.`);
}

/** What a list of the synchronizations since a time (ms) lacks; empty where it is whole. */
export async function removedRunsWarning(database: Pick<SiteReads, 'setting'>, from: number): Promise<string[]> {
  const before = (await readState(database, STATE.runsRemovedBefore)) ?? 0;
  if (from >= before) return [];
  return [
    `Synchronizations that ended before ${new Date(before).toISOString()} were removed for their age, and with them ` +
      'what they changed (Get-CMSiteMaintenanceTask, configmgrsync maintenance-task list).',
  ];
}
