import type { Health } from '../contract/generated/types.js';
import { segmentLines, segmentProblems } from '../repair/segmentProblems.js';
import { STORED_REASON } from '../criteria/decideRun.js';
import { healthOf } from '../monitor/health.js';
import type { Rhythm } from '../monitor/dueTime.js';
import type { HealthFacts } from '../monitor/HealthFacts.js';
import type { SiteContext } from '../state/SiteContext.js';
import { readLost, readRevoked } from '../state/hierarchyState.js';
import { nextSync, readScheduleFacts } from '../state/nextRun.js';
import { readState, STATE } from '../state/siteState.js';
import { findRun, readRuns } from '../state/storedRuns.js';
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

/** The run under way has not said yet what it will. */
async function lastRuns({ database }: SiteContext): Promise<Pick<HealthFacts, 'lastRun' | 'failingSince'>> {
  const newest = await readRuns(database, { newest: 2 });
  const lastRun = newest.find((run) => run.State !== 'Running');
  const isOver = lastRun === undefined || lastRun.State === 'Succeeded';
  return { lastRun, failingSince: isOver ? undefined : await firstFailure(database) };
}

/** Since the last success, however many there were. A run that was stopped is no failure, and ends no row of them. */
async function firstFailure(database: SiteContext['database']): Promise<number | undefined> {
  const [success] = await readRuns(database, { newest: 1, state: 'Succeeded' });
  const [first] = await readRuns(database, { oldest: 1, state: 'Failed', after: success?.Id });
  return first === undefined ? undefined : Date.parse(first.StartTime);
}

/** What a site evaluates of what it has brings nothing. */
async function broughtAt({ database }: SiteContext, { hasSource, parent }: Rhythm): Promise<number | undefined> {
  if (hasSource || parent !== undefined) return undefined;
  const run = await findRun(database, { state: 'Succeeded' }, ({ Reason }) => Reason !== STORED_REASON);
  return run === undefined ? undefined : Date.parse(run.EndTime ?? run.StartTime);
}
