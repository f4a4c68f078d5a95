import type { Naming, ObsoleteFacts, RevisionReference } from '../criteria/obsoleteRevisions.js';
import type { RevisionStanding } from '../store/MaintenanceReads.js';
import { idRanges, pause } from './MaintenanceJob.js';
import type { MaintenanceJob } from './MaintenanceJob.js';

const CHUNK = 1000;

/**
 * Until when something must have been stored and declined to be obsolete (ms), and the last ids: they are not given
 * twice, so their rows stay.
 */
interface Limits {
  readonly until: number;
  readonly lastRevision: number;
  readonly lastSoftwareUpdate: number;
}

/**
 * Reads, step by step, what may be obsolete by its age and rank, and what stands in its way. `until` is a time in ms.
 */
export async function loadObsoleteFacts(job: MaintenanceJob, until: number): Promise<ObsoleteFacts> {
  const { database } = job.context;
  const next = await database.nextIds();
  const limits: Limits = { until, lastRevision: next.revision - 1, lastSoftwareUpdate: next.softwareUpdate - 1 };
  const old: RevisionReference[] = [];
  const unreferenced: number[] = [];
  for (const range of idRanges(limits.lastRevision)) {
    await pause(job);
    for (const revision of await database.oldRevisions(range, until))
      if (revision.revisionId !== limits.lastRevision) old.push(revision);
    for (const key of await database.unreferencedUpdates(range, until)) unreferenced.push(key);
  }
  const justDeclined = job.settings.obsoleteAgeDays === 0 ? job.assumed.declined : [];
  const whole = await wholeUpdates(
    job,
    [...(await database.declinedSince(until)), ...justDeclined, ...unreferenced],
    limits,
  );
  const inQuestion = [...new Set([...old.map((revision) => revision.updateKey), ...whole.keys()])];
  const namings = [
    ...(await inChunks(job, inQuestion, async (keys) => database.namingsOf(keys))),
    ...(await requirementsOf(job, whole, limits)),
  ];
  return {
    old,
    whole,
    namings,
    superseding: await inChunks(job, [...whole.keys()], async (keys) => database.supersededBy(keys)),
  };
}

/** The updates that may go as a whole, and their children of all levels that are not software updates. */
async function wholeUpdates(
  job: MaintenanceJob,
  updateKeys: readonly number[],
  limits: Limits,
): Promise<ReadonlyMap<number, readonly RevisionReference[]>> {
  const { database } = job.context;
  const whole = new Map<number, readonly RevisionReference[]>();
  const seen = new Set<number>();
  for (let level = [...new Set(updateKeys)]; level.length > 0;) {
    const children = new Set<number>();
    for (const chunk of chunksOf(level)) {
      await pause(job);
      const rows = await database.softwareUpdatesByUpdate(chunk);
      const standings = byUpdate(await database.revisionsOf(chunk));
      for (const [key, revisions] of standings) {
        seen.add(key);
        if (
          revisions.every((revision) => mayGo(revision, limits, rows.has(key))) &&
          rows.get(key)?.ciId !== limits.lastSoftwareUpdate
        )
          whole.set(key, revisions);
      }
      const going = chunk.filter((key) => whole.has(key));
      for (const child of await database.namedUpdates(going, 'bundled')) children.add(child);
    }
    const wanted = [...children].filter((key) => !seen.has(key));
    const rows = await database.softwareUpdatesByUpdate(wanted);
    level = wanted.filter((key) => !rows.has(key));
  }
  return whole;
}

/** Old enough, no configuration document, and not to be deployed where it is not a software update. */
function mayGo(revision: RevisionStanding, limits: Limits, isSoftwareUpdate: boolean): boolean {
  return (
    revision.isUpdate &&
    revision.stored <= limits.until &&
    revision.revisionId !== limits.lastRevision &&
    (isSoftwareUpdate || !revision.isDeployable)
  );
}

async function inChunks<Row>(
  job: MaintenanceJob,
  updateKeys: readonly number[],
  read: (keys: readonly number[]) => Promise<readonly Row[]>,
): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const chunk of chunksOf(updateKeys)) {
    await pause(job);
    for (const row of await read(chunk)) rows.push(row);
  }
  return rows;
}

/** Prerequisites are not indexed by what they name: all are looked at, and only when there is something to look for. */
async function requirementsOf(
  job: MaintenanceJob,
  whole: ReadonlyMap<number, unknown>,
  limits: Limits,
): Promise<readonly Naming[]> {
  const namings: Naming[] = [];
  if (whole.size === 0) return namings;
  for (const range of idRanges(limits.lastRevision)) {
    await pause(job);
    for (const naming of await job.context.database.prerequisites(range))
      if (whole.has(naming.updateKey)) namings.push(naming);
  }
  return namings;
}

function byUpdate(revisions: readonly RevisionStanding[]): ReadonlyMap<number, readonly RevisionStanding[]> {
  const standings = new Map<number, RevisionStanding[]>();
  for (const revision of revisions) {
    const known = standings.get(revision.updateKey);
    if (known === undefined) standings.set(revision.updateKey, [revision]);
    else known.push(revision);
  }
  return standings;
}

function* chunksOf(keys: readonly number[]): Generator<readonly number[]> {
  for (let at = 0; at < keys.length; at += CHUNK) yield keys.slice(at, at + CHUNK);
}
