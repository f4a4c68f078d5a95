import type { Health, Run } from '../contract/generated/types.js';
import { segmentLines, segmentProblems } from '../repair/segmentProblems.js';
import { STORED_REASON } from '../criteria/decideRun.js';
import { healthOf } from '../monitor/health.js';
import type { Rhythm } from '../monitor/dueTime.js';
import type { HealthFacts } from '../monitor/HealthFacts.js';
import type { SiteContext } from '../state/SiteContext.js';
import { readLost, readRevoked } from '../state/hierarchyState.js';
import { nextSync, readScheduleFacts } from '../state/nextRun.js';
import { readState, STATE } from '../state/siteState.js';
import { readRuns } from '../state/storedRuns.js';
import { statusRows, type StatusSurroundings } from './status.js';

/** `health/get`: whether everything is well at this site and below it, as it is stored. */
export async function getHealth(
  context: SiteContext,
  surroundings: StatusSurroundings & { readonly isRunning: boolean },
): Promise<Health> {
  const { site, database, documents, zone } = context;
  const rhythm = await readScheduleFacts(context, surroundings.isRunning);
  return healthOf({
    now: context.now().getTime(),
    zone,
    siteCode: site.siteCode,
    rows: await statusRows(context, surroundings),
    contentVersion: (await readState(database, STATE.contentVersion)) ?? 0,
    next: nextSync(rhythm),
    rhythm,
    keeper: context.keeper(),
    parent: await parentFacts(context),
    hasNodes: surroundings.nodes.length > 0,
    ...(await lastRuns(context)),
    broughtAt: await broughtAt(context, rhythm),
    damage: segmentLines(await segmentProblems(database, documents)),
  });
}

async function parentFacts({ parent, database }: SiteContext): Promise<HealthFacts['parent']> {
  if (parent === undefined) return undefined;
  return { siteCode: parent.siteCode, lost: await readLost(database), revoked: await readRevoked(database) };
}

/** Failures are tried again every hour: more than a day of them. */
const LOOKED = 40;

/** The run under way has not said yet what it will. */
async function lastRuns({ database }: SiteContext): Promise<Pick<HealthFacts, 'lastRun' | 'failingSince'>> {
  const ended = async (newest: number): Promise<readonly Run[]> =>
    (await readRuns(database, { newest })).filter((run) => run.State !== 'Running');
  const [lastRun] = await ended(2);
  const isOver = lastRun === undefined || lastRun.State === 'Succeeded';
  return { lastRun, failingSince: isOver ? undefined : firstFailure(await ended(LOOKED)) };
}

/** A run that was stopped is no failure, and ends no row of them. */
function firstFailure(runs: readonly Run[]): number | undefined {
  const success = runs.findIndex((run) => run.State === 'Succeeded');
  const since = success === -1 ? runs : runs.slice(0, success);
  const first = since.findLast((run) => run.State === 'Failed');
  return first === undefined ? undefined : Date.parse(first.StartTime);
}

/** Successes of a site without a source; more than so many that brought nothing nobody has asked for. */
const SUCCESSES = 1000;

/** What a site evaluates of what it has brings nothing. */
async function broughtAt({ database }: SiteContext, { hasSource, parent }: Rhythm): Promise<number | undefined> {
  if (hasSource || parent !== undefined) return undefined;
  const runs = await readRuns(database, { newest: SUCCESSES, state: 'Succeeded' });
  const run = runs.find(({ Reason }) => Reason !== STORED_REASON);
  return run === undefined ? undefined : Date.parse(run.EndTime ?? run.StartTime);
}
