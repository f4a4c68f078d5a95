import type { CandidateRevision, EvaluationFacts } from '../criteria/UpdateEvaluation.js';
import { inTurns, turn } from '../platform/inTurns.js';
import type { Steps } from '../platform/inTurns.js';
import type { SiteReads } from '../store/SiteDatabase.js';
import type { SoftwareUpdateRow } from '../store/rows.js';

/** Reads what decides about the given updates, or about all of the catalogue. */
export async function loadFacts(database: SiteReads, updateKeys?: readonly number[]): Promise<EvaluationFacts> {
  const revisions = await database.candidates(await database.latestRevisions(updateKeys));
  const latest = await inTurns(keyed(revisions, (revision) => revision.updateKey));
  const held = await heldRevisions(database, revisions);
  if (updateKeys === undefined) {
    const rows = await database.allSoftwareUpdates();
    return { latest, held, stored: await inTurns(keyed(rows, (row) => row.updateKey)), supersedence: [] };
  }
  const supersedence = (await database.supersedence([...latest.keys()])).filter((edge) => !latest.has(edge.by));
  return { latest, held, stored: await rowsAround(database, latest, supersedence), supersedence };
}

async function rowsAround(
  database: SiteReads,
  latest: ReadonlyMap<number, CandidateRevision>,
  supersedence: EvaluationFacts['supersedence'],
): Promise<ReadonlyMap<number, SoftwareUpdateRow>> {
  const keys = new Set(latest.keys());
  for (const { by } of supersedence) keys.add(by);
  return database.softwareUpdatesByUpdate([...keys]);
}

/** The exact revisions that bundles hold, level by level: many are latest ones that are loaded already. */
async function heldRevisions(
  database: SiteReads,
  latest: readonly CandidateRevision[],
): Promise<ReadonlyMap<number, CandidateRevision>> {
  const known = new Map<number, CandidateRevision>();
  for (let revisions = latest; revisions.length > 0;) {
    for (const revision of revisions) known.set(revision.revisionId, revision);
    revisions = await database.candidates(await inTurns(unknownMembers(revisions, known)));
    await turn();
  }
  return known;
}

function* unknownMembers(
  revisions: readonly CandidateRevision[],
  known: ReadonlyMap<number, CandidateRevision>,
): Steps<number[]> {
  const unknown = new Set<number>();
  for (const { members } of revisions) {
    for (const { revisionId } of members)
      if (revisionId !== undefined && !known.has(revisionId)) unknown.add(revisionId);
    yield;
  }
  return [...unknown];
}

function* keyed<Item>(items: readonly Item[], keyOf: (item: Item) => number): Steps<ReadonlyMap<number, Item>> {
  const byKey = new Map<number, Item>();
  for (const item of items) {
    byKey.set(keyOf(item), item);
    yield;
  }
  return byKey;
}
