import { expiresBySupersedence, type SupersedenceRules } from '../criteria/supersedenceRules.js';
import { EXPIRY } from '../store/rows.js';
import type { SiteReads } from '../store/SiteDatabase.js';

/** What a delta synchronization starts from. `relisted` are keys of updates that the upstream has named in this run. */
export interface DeltaSeeds {
  readonly fromRevisionId: number;
  readonly relisted: readonly number[];
  readonly rules: SupersedenceRules;
  readonly now: number;
}

/**
 * The updates whose evaluation can have changed since the last run: those with new revisions, those that are due by rule or
 * back at the upstream, their bundled children of all levels, what all of these supersede, and the children of that.
 */
export async function affectedUpdates(database: SiteReads, seeds: DeltaSeeds): Promise<readonly number[]> {
  const affected = new Set([...await database.changedUpdates(seeds.fromRevisionId), ...await dueUpdates(database, seeds), ...await returnedUpdates(database, seeds.relisted)]);
  await addNamed(database, affected, { relation: 'bundled', from: [...affected] });
  const superseded = await database.namedUpdates([...affected], 'superseded');
  for (const key of superseded) affected.add(key);
  await addNamed(database, affected, { relation: 'bundled', from: superseded });
  return [...affected];
}

async function addNamed(database: SiteReads, affected: Set<number>, options: { relation: 'bundled'; from: readonly number[] }): Promise<void> {
  for (let level = options.from; level.length > 0;) {
    level = (await database.namedUpdates(level, options.relation)).filter((key) => !affected.has(key));
    for (const key of level) affected.add(key);
  }
}

async function dueUpdates(database: SiteReads, { rules, now }: DeltaSeeds): Promise<number[]> {
  const told = [rules.upgradesKey, rules.definitionUpdatesKey].filter((key) => key !== undefined);
  return (await database.supersededUpdates(told)).filter((update) => expiresBySupersedence(update, rules, now)).map((update) => update.updateKey);
}

async function returnedUpdates(database: SiteReads, relisted: readonly number[]): Promise<number[]> {
  return [...(await database.softwareUpdatesByUpdate(relisted)).values()].filter((row) => row.standing === EXPIRY.upstream).map((row) => row.updateKey);
}
