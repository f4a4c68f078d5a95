import type { CandidateRevision, EvaluationFacts } from '../criteria/UpdateEvaluation.js';
import type { SiteReads } from '../store/SiteDatabase.js';

/** Reads what decides about the given updates, or about all of the catalogue. */
export async function loadFacts(database: SiteReads, updateKeys?: readonly number[]): Promise<EvaluationFacts> {
  const latest = byUpdate(await database.candidates(await database.latestRevisions(updateKeys)));
  if (updateKeys === undefined) {
    const stored = new Map((await database.allSoftwareUpdates()).map((row) => [row.updateKey, row]));
    return { latest, held: await heldRevisions(database, latest), stored, supersedence: [] };
  }
  const supersedence = (await database.supersedence([...latest.keys()])).filter((edge) => !latest.has(edge.by));
  const stored = await database.softwareUpdatesByUpdate([
    ...new Set([...latest.keys(), ...supersedence.map((edge) => edge.by)]),
  ]);
  return { latest, held: await heldRevisions(database, latest), stored, supersedence };
}

/** The exact revisions that bundles hold, level by level: many are latest ones that are loaded already. */
async function heldRevisions(
  database: SiteReads,
  latest: ReadonlyMap<number, CandidateRevision>,
): Promise<ReadonlyMap<number, CandidateRevision>> {
  const known = new Map([...latest.values()].map((revision) => [revision.revisionId, revision]));
  let wanted = unknownOf(membersOf([...latest.values()]), known);
  while (wanted.length > 0) {
    const revisions = await database.candidates(wanted);
    for (const revision of revisions) known.set(revision.revisionId, revision);
    wanted = revisions.length === 0 ? [] : unknownOf(membersOf(revisions), known);
  }
  return known;
}

function membersOf(revisions: readonly CandidateRevision[]): number[] {
  return revisions.flatMap((revision) => revision.members.flatMap((member) => member.revisionId ?? []));
}

function unknownOf(revisionIds: readonly number[], known: ReadonlyMap<number, CandidateRevision>): number[] {
  return [...new Set(revisionIds)].filter((id) => !known.has(id));
}

function byUpdate(revisions: readonly CandidateRevision[]): ReadonlyMap<number, CandidateRevision> {
  return new Map(revisions.map((revision) => [revision.updateKey, revision]));
}
