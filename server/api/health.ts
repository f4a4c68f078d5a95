import type { Health, Run } from '../contract/generated/types.js';
import { segmentLines, segmentProblems } from '../repair/segmentProblems.js';
import { healthOf } from '../monitor/health.js';
import type { SiteContext } from '../state/SiteContext.js';
import { nextSync, readScheduleFacts } from '../state/nextRun.js';
import { readState, STATE } from '../state/siteState.js';
import { readRuns } from '../state/storedRuns.js';
import { getStatus, type StatusSurroundings } from './status.js';

/** `health/get`: whether everything is well at this site and below it, as it is stored. */
export async function getHealth(
  context: SiteContext,
  surroundings: StatusSurroundings & { readonly isRunning: boolean },
): Promise<Health> {
  const { site, database, documents, zone, parent } = context;
  const { status } = await getStatus(context, surroundings);
  return healthOf({
    now: context.now().getTime(),
    zone,
    siteCode: site.siteCode,
    rows: status,
    contentVersion: (await readState(database, STATE.contentVersion)) ?? 0,
    next: nextSync(await readScheduleFacts(context, surroundings.isRunning)),
    keeper: context.keeper(),
    isChild: parent !== undefined,
    lastRun: await lastEnded(context),
    damage: segmentLines(await segmentProblems(database, documents)),
  });
}

/** The run under way has not said yet what it will. */
async function lastEnded({ database }: SiteContext): Promise<Run | undefined> {
  return (await readRuns(database, { newest: 2 })).find((run) => run.State !== 'Running');
}
