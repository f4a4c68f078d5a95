import type { SoftwareUpdateRow } from '../store/rows.js';
import type { SyncJob } from './sync.js';

const CHUNK = 1000;

/** Update keys whose software update changed, and the revisions that were current before. */
export interface WrittenUpdates {
  readonly touched: ReadonlySet<number>;
  readonly replaced: ReadonlySet<number>;
}

/**
 * Sets IsSuperseded: an update is superseded while a stored, not expired software update names it. Only what the changed
 * updates touch is looked at, everything in a full synchronization. Edges are direct, so a cycle cannot hang it.
 */
export async function resolveSupersedence(job: SyncJob, written: WrittenUpdates, everything: boolean): Promise<void> {
  const rows = everything ? await job.context.database.allSoftwareUpdates() : await affected(job, written);
  for (let at = 0; at < rows.length; at += CHUNK) await resolveChunk(job, rows.slice(at, at + CHUNK));
}

async function affected(job: SyncJob, { touched, replaced }: WrittenUpdates): Promise<readonly SoftwareUpdateRow[]> {
  const { database } = job.context;
  const changed = await database.softwareUpdatesByUpdate([...touched]);
  const named = await database.supersededBy([...[...changed.values()].map((row) => row.revisionId), ...replaced]);
  return [...(await database.softwareUpdatesByUpdate([...new Set([...touched, ...named])])).values()];
}

async function resolveChunk(job: SyncJob, rows: readonly SoftwareUpdateRow[]): Promise<void> {
  const { context, recorder } = job;
  const superseded = await context.database.supersededAmong(rows.map((row) => row.updateKey));
  const changed = rows.filter((row) => row.isSuperseded !== superseded.has(row.updateKey));
  if (changed.length === 0) return;
  const modified = context.now().getTime();
  await context.database.commit({ softwareUpdates: changed.map((row) => ({ ...row, isSuperseded: !row.isSuperseded, ciVersion: row.ciVersion + 1, modified })) });
  recorder.run.Counts.Superseded += changed.filter((row) => !row.isSuperseded && !row.isHidden).length;
}
