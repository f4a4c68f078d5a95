import { EXPIRY } from '../criteria/SoftwareUpdateRow.js';
import type { SoftwareUpdateRow } from '../criteria/SoftwareUpdateRow.js';
import type { CandidateRevision } from '../criteria/CandidateRevision.js';
import type { EvaluationFacts, EvaluationRules } from '../criteria/UpdateEvaluation.js';
import { RevisionTable } from '../criteria/RevisionTable.js';
import { chunks, indexed } from '../criteria/collections.js';
import { CLASSIFICATION } from '../criteria/classifications.js';
import { expiresBySupersedence, latestDue } from '../criteria/supersedenceRules.js';
import type { SupersedenceRules } from '../criteria/supersedenceRules.js';
import { IntTable } from '../platform/IntTable.js';
import { inTurns, isTurnDue, turn } from '../platform/inTurns.js';
import type { Steps } from '../platform/inTurns.js';
import type { ComponentSettings } from '../state/ComponentSettings.js';
import type { SiteReads } from '../store/SiteDatabase.js';
import type { CategoryRow } from '../store/rows.js';
import type { ListedUpdates, SyncContext } from './SyncContext.js';

/** Ids that are looked up, and revisions that are objects, at once: in a table they take a fifth of the memory. */
const PIECE = 2000;

/** The supersedence rules of the component with the keys of the classifications they tell apart. */
export function supersedenceRules(categories: readonly CategoryRow[], settings: ComponentSettings): SupersedenceRules {
  const keyOf = (updateId: string): number | undefined =>
    categories.find((category) => category.updateId === updateId)?.updateKey;
  return {
    feature: {
      immediately: settings.immediatelyExpireSupersedenceForFeature,
      waitMonths: settings.waitMonthForFeature,
    },
    nonFeature: { immediately: settings.immediatelyExpireSupersedence, waitMonths: settings.waitMonth },
    upgradesKey: keyOf(CLASSIFICATION.upgrades),
    definitionUpdatesKey: keyOf(CLASSIFICATION.definitionUpdates),
  };
}

/** A hidden child has the reason of its bundles, which says nothing of itself. */
function wasGone(row: SoftwareUpdateRow | undefined): boolean {
  return row !== undefined && !row.isHidden && row.standing === EXPIRY.upstream;
}

/** What the evaluation needs to know of the site and of the run. */
interface EvaluationSetting extends ListedUpdates {
  readonly categories: readonly CategoryRow[];
  readonly stored: ReadonlyMap<number, SoftwareUpdateRow>;
  readonly rules: SupersedenceRules;
}

/**
 * The rules of one evaluation: the subscription, the supersedence rules at this moment, and what the upstream has
 * named.
 */
export async function evaluationRules(
  { database, now }: Pick<SyncContext, 'database' | 'now'>,
  { categories, stored, rules, ...named }: EvaluationSetting,
): Promise<EvaluationRules> {
  const keysOf = async (type: string): Promise<Set<number>> => inTurns(subscribedKeys(categories, type));
  const time = now().getTime();
  const listed = named.listed === undefined ? undefined : await keysNamed(database, named.listed);
  const relisted = await keysNamed(database, named.relisted ?? []);
  const isIn = (keys: IntTable, key: number): boolean => keys.get(key) >= 0;
  return {
    products: await keysOf('Product'),
    classifications: await keysOf('UpdateClassification'),
    isGone: (key) => (listed === undefined ? wasGone(stored.get(key)) && !isIn(relisted, key) : !isIn(listed, key)),
    expiresBySupersedence: (categoryKeys, since) => expiresBySupersedence({ categoryKeys, since }, rules, time),
  };
}

/** The keys of the updates with these ids. */
async function keysNamed(database: SiteReads, updateIds: Iterable<string>): Promise<IntTable> {
  const ids = [...updateIds];
  const keys = new IntTable(ids.length);
  for (const some of chunks(ids, PIECE)) {
    for (const key of (await database.updateKeys(some)).values()) keys.set(key, key);
    await turn();
  }
  return keys;
}

function* subscribedKeys(categories: readonly CategoryRow[], type: string): Steps<Set<number>> {
  const keys = new Set<number>();
  for (const row of categories) {
    if (row.isSubscribed && row.typeName === type) keys.add(row.updateKey);
    yield;
  }
  return keys;
}

/** Reads what decides about the given updates, or about all of the catalogue. */
export async function loadFacts(database: SiteReads, updateKeys?: readonly number[]): Promise<EvaluationFacts> {
  const revisions = await loadRevisions(database, await database.latestRevisions(updateKeys));
  if (updateKeys === undefined) {
    const rows = await database.allSoftwareUpdates();
    return { revisions, stored: await inTurns(indexed(rows, (row) => row.updateKey)), supersedence: [] };
  }
  const looked = revisions.updateKeys();
  const supersedence = (await database.supersedence(looked)).filter(({ by }) => revisions.rowOf(by) < 0);
  return { revisions, stored: await rowsAround(database, looked, supersedence), supersedence };
}

async function rowsAround(
  database: SiteReads,
  looked: readonly number[],
  supersedence: EvaluationFacts['supersedence'],
): Promise<ReadonlyMap<number, SoftwareUpdateRow>> {
  const keys = new Set(looked);
  for (const { by } of supersedence) keys.add(by);
  return database.softwareUpdatesByUpdate([...keys]);
}

/** Latest revisions, and the exact ones that bundles hold, level by level: many of these are latest ones. */
async function loadRevisions(database: SiteReads, latest: readonly number[]): Promise<RevisionTable> {
  const table = new RevisionTable(latest.length);
  await eachRevision(database, latest, (revision) => table.addLatest(revision));
  for (let [from, held] = [0, await inTurns(table.heldElsewhere(0))]; held.length > 0;) {
    from = table.size;
    await eachRevision(database, held, (revision) => table.addHeld(revision));
    held = await inTurns(table.heldElsewhere(from));
  }
  return table;
}

async function eachRevision(
  database: SiteReads,
  revisionIds: readonly number[],
  take: (revision: CandidateRevision) => void,
): Promise<void> {
  for (const some of chunks(revisionIds, PIECE))
    for (const revision of await database.candidates(some)) {
      take(revision);
      if (isTurnDue()) await turn();
    }
}

/** What a delta synchronization starts from. `relisted` are keys of updates that the upstream has named in this run. */
interface DeltaSeeds {
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
  const { upgradesKey, definitionUpdatesKey } = rules;
  return (await database.supersededUpdates({ until: latestDue(rules, now), upgradesKey, definitionUpdatesKey }))
    .filter((update) => expiresBySupersedence(update, rules, now))
    .map((update) => update.updateKey);
}

async function returnedUpdates(database: SiteReads, relisted: readonly number[]): Promise<number[]> {
  return [...(await database.softwareUpdatesByUpdate(relisted)).values()]
    .filter((row) => row.standing === EXPIRY.upstream)
    .map((row) => row.updateKey);
}
