import type { Health } from '../contract/generated/types.js';
import { isStoredReason } from '../criteria/decideRun.js';
import { healthOf } from '../monitor/health.js';
import type { Rhythm } from '../monitor/dueTime.js';
import type { HealthFacts } from '../monitor/HealthFacts.js';
import type { SiteContext } from '../state/SiteContext.js';
import { readState, STATE } from '../state/siteState.js';
import { findRun, readRuns } from '../state/storedRuns.js';
import { findingsBelow, siteFacts } from './siteFacts.js';
import { statusRows, type StatusSurroundings } from './status.js';
import { storeDamage } from './storeDamage.js';

/** Where the facts come from beside the store. */
export type HealthSurroundings = StatusSurroundings & { readonly isRunning: boolean };

/** `health/get`: whether everything is well at this site and below it, as it is stored. */
export async function getHealth(context: SiteContext, surroundings: HealthSurroundings): Promise<Health> {
  const damage = await storeDamage(context);
  return healthOf(await healthFacts(context, surroundings, damage));
}

/** All that is decided over when a site is asked how it is. */
export async function healthFacts(
  context: SiteContext,
  surroundings: HealthSurroundings,
  damage: readonly string[],
): Promise<HealthFacts> {
  const { database, zone } = context;
  const facts = await siteFacts(context, { ...surroundings, damage });
  return {
    ...facts,
    now: context.now().getTime(),
    zone,
    rows: await statusRows(context, surroundings),
    contentVersion: (await readState(database, STATE.contentVersion)) ?? 0,
    reached: await reached(database),
    failingSince: await firstFailure(database),
    broughtAt: await broughtAt(context, facts.rhythm),
    below: findingsBelow(surroundings.nodes),
  };
}

/** Since the last success, however many there were. A run that was stopped is not a failure, and ends no row. */
async function firstFailure(database: SiteContext['database']): Promise<number | undefined> {
  const [success] = await readRuns(database, { newest: 1, state: 'Succeeded' });
  const [first] = await readRuns(database, { oldest: 1, state: 'Failed', after: success?.Id });
  return first === undefined ? undefined : Date.parse(first.StartTime);
}

/** Successes that are looked at: who lacks what came before them does not follow any more. */
const SUCCESSES = 100;

async function reached(database: SiteContext['database']): Promise<HealthFacts['reached']> {
  const runs = await readRuns(database, { newest: SUCCESSES, state: 'Succeeded' });
  return runs
    .map((run) => ({ version: run.SyncCatalogVersion, time: Date.parse(run.EndTime ?? run.StartTime) }))
    .toReversed();
}

/** What a site evaluates of what it has brings nothing. */
async function broughtAt({ database }: SiteContext, { hasSource, parent }: Rhythm): Promise<number | undefined> {
  if (hasSource || parent !== undefined) return undefined;
  const run = await findRun(database, { state: 'Succeeded' }, ({ Reason }) => !isStoredReason(Reason));
  return run === undefined ? undefined : Date.parse(run.EndTime ?? run.StartTime);
}
