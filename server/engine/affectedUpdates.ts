import { expiresBySupersedence } from '../criteria/supersedenceRules.js';
import type { SupersedenceRules } from '../criteria/supersedenceRules.js';
import { turn } from '../platform/inTurns.js';
import type { SiteReads } from '../store/SiteDatabase.js';
import { EXPIRY } from '../store/rows.js';

/** What a delta synchronization starts from. `relisted` are keys of updates that the upstream has named in this run. */
export interface DeltaSeeds {
  readonly fromRevisionId: number;
  readonly relisted: readonly number[];
  readonly rules: SupersedenceRules;
  readonly now: number;
}

/**
 * The updates whose evaluation can have changed since the last run: those with new revisions, those that are due by
 * rule or
 * back at the upstream, their bundled children of all levels, what all of these supersede, and the children of that.
 * With
 * them come the bundles that hold any of them at any level, because these decide about their children.
 */
export async function affectedUpdates(database: SiteReads, seeds: DeltaSeeds): Promise<readonly number[]> {
  const affected = new Set(await database.changedUpdates(seeds.fromRevisionId));
  for (const key of await dueUpdates(database, seeds)) affected.add(key);
  for (const key of await returnedUpdates(database, seeds.relisted)) affected.add(key);
  await addAll(affected, [...affected], async (level) => database.namedUpdates(level, 'bundled'));
  const superseded = await database.namedUpdates([...affected], 'superseded');
  for (const key of superseded) affected.add(key);
  await addAll(affected, superseded, async (level) => database.namedUpdates(level, 'bundled'));
  await addAll(affected, [...affected], async (level) => database.bundlesOf(level));
  return [...affected];
}

/** Adds what is reached from the given updates, level by level. */
async function addAll(
  affected: Set<number>,
  from: readonly number[],
  next: (level: readonly number[]) => Promise<readonly number[]>,
): Promise<void> {
  for (let level = from; level.length > 0;) {
    level = (await next(level)).filter((key) => !affected.has(key));
    for (const key of level) affected.add(key);
    await turn();
  }
}

async function dueUpdates(database: SiteReads, { rules, now }: DeltaSeeds): Promise<number[]> {
  const told = [rules.upgradesKey, rules.definitionUpdatesKey].filter((key) => key !== undefined);
  return (await database.supersededUpdates(told))
    .filter((update) => expiresBySupersedence(update, rules, now))
    .map((update) => update.updateKey);
}

async function returnedUpdates(database: SiteReads, relisted: readonly number[]): Promise<number[]> {
  return [...(await database.softwareUpdatesByUpdate(relisted)).values()]
    .filter((row) => row.standing === EXPIRY.upstream)
    .map((row) => row.updateKey);
}
