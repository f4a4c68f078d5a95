import type { Health, Run } from '../contract/generated/types.js';
import { segmentLines, segmentProblems } from '../repair/segmentProblems.js';
import { healthOf } from '../monitor/health.js';
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
  return {
    lastRun,
    failingSince: lastRun?.State === 'Failed' ? firstFailure(await ended(LOOKED)) : undefined,
  };
}

function firstFailure(runs: readonly Run[]): number {
  const success = runs.findIndex((run) => run.State !== 'Failed');
  return Date.parse(runs.at(success === -1 ? -1 : success - 1)?.StartTime ?? '');
}
