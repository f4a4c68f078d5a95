import type { SoftwareUpdateRow } from '../criteria/SoftwareUpdateRow.js';
import { mapped, together } from '../criteria/collections.js';
import { obsoleteRevisions } from '../criteria/obsoleteRevisions.js';
import type { Obsolete, RevisionReference } from '../criteria/obsoleteRevisions.js';
import { isKnownAfterwards, removalOrder } from '../criteria/removal.js';
import type { RemovalChunk } from '../criteria/removal.js';
import { inTurns, type Steps } from '../platform/inTurns.js';
import type { RevisionRemoval } from '../store/SiteChanges.js';
import { pause } from './MaintenanceJob.js';
import type { MaintenanceJob, Reported } from './MaintenanceJob.js';
import { loadObsoleteFacts } from './loadObsoleteFacts.js';

const DAY = 24 * 60 * 60 * 1000;
const CHUNK = 100;
/** The product's limit: 30 minutes a run, the rest with the next one. */
const LIMIT = 30 * 60 * 1000;

/** Removes from the catalogue what nothing refers to any more, chunk by chunk, each one durable transaction. */
export async function removeObsolete(job: MaintenanceJob): Promise<void> {
  const { context, report, settings } = job;
  const begin = context.now().getTime();
  const facts = await loadObsoleteFacts(job, begin - settings.obsoleteAgeDays * DAY);
  const obsolete = await inTurns(obsoleteRevisions(facts));
  if (job.isWhatIf) return assume(job, obsolete);
  const chunks = await inTurns(removalOrder(obsolete, facts, CHUNK));
  for (const [index, chunk] of chunks.entries()) {
    await pause(job);
    if (context.now().getTime() - begin >= LIMIT) {
      report.counts.RemainingRevisions = chunks.slice(index).reduce((sum, left) => sum + left.revisions.length, 0);
      context.log.write(
        `${report.counts.RemainingRevisions} obsolete revision(s) are left after 30 minutes. The next ` +
          `cleanup removes them.`,
      );
      break;
    }
    await removeChunk(job, chunk);
  }
  context.log.write(
    `${report.counts.DeletedUpdates} update(s) were deleted from the catalogue in ` +
      `Server: ${context.site.serverName}, ${report.counts.DeletedRevisions} revision(s) in total`,
  );
}

/** Updates that supersede each other in a circle go in one chunk, however many they are. */
async function removeChunk(job: MaintenanceJob, chunk: RemovalChunk): Promise<void> {
  const { database } = job.context;
  await nameChunk(job, chunk);
  const rows = await database.softwareUpdatesByUpdate(chunk.updates);
  const whole = await inTurns(together(chunk.updates));
  const removal = ({ revisionId, updateKey, revisionNumber }: RevisionReference): RevisionRemoval => ({
    revisionId,
    updateKey,
    revisionNumber,
    isKnown: !whole.has(updateKey) || isKnownAfterwards(rows.get(updateKey)),
  });
  await database.commit({
    removedRevisions: await inTurns(mapped(chunk.revisions, removal)),
    removedSoftwareUpdates: await inTurns(mapped(rows.values(), (row) => row.ciId)),
  });
  job.report.counts.DeletedUpdates += chunk.updates.length;
  job.report.counts.DeletedRevisions += chunk.revisions.length;
}

/** What would go, in counts and names, and for the steps that follow. */
async function assume(job: MaintenanceJob, obsolete: Obsolete): Promise<void> {
  const revisions = [...[...obsolete.updates.values()].flat(), ...obsolete.revisions];
  job.report.counts.DeletedUpdates = obsolete.updates.size;
  job.report.counts.DeletedRevisions = revisions.length;
  for (const revision of revisions) job.assumed.goneRevisions.add(revision.revisionId);
  await nameChunk(job, { updates: [...obsolete.updates.keys()], revisions });
}

/** An update that goes as a whole is named once, by its newest revision. */
async function nameChunk(job: MaintenanceJob, chunk: RemovalChunk): Promise<void> {
  const whole = await inTurns(together(chunk.updates));
  const newest = await inTurns(newestOf(chunk, whole));
  const rows = await job.context.database.softwareUpdatesByUpdate(chunk.updates);
  const { obsoleteAgeDays } = job.settings;
  await job.report.name('DeleteUpdate', deletedUpdates(newest, rows, obsoleteAgeDays));
  await job.report.name('DeleteRevision', deletedRevisions(chunk, whole, obsoleteAgeDays));
}

function* newestOf(chunk: RemovalChunk, whole: ReadonlySet<number>): Steps<ReadonlyMap<number, RevisionReference>> {
  const newest = new Map<number, RevisionReference>();
  for (const revision of chunk.revisions) {
    const known = newest.get(revision.updateKey)?.revisionNumber ?? -1;
    if (whole.has(revision.updateKey) && revision.revisionNumber > known) newest.set(revision.updateKey, revision);
    yield;
  }
  return newest;
}

function* deletedUpdates(
  newest: ReadonlyMap<number, RevisionReference>,
  rows: ReadonlyMap<number, SoftwareUpdateRow>,
  days: number,
): Generator<Reported, void> {
  for (const revision of newest.values()) {
    const row = rows.get(revision.updateKey);
    const reason =
      row === undefined ? 'Nothing refers to it.' : `It has been declined for ${days} days and nothing refers to it.`;
    yield { ...revision, ciId: row?.ciId, reason };
  }
}

function* deletedRevisions(chunk: RemovalChunk, whole: ReadonlySet<number>, days: number): Generator<Reported, void> {
  const reason = `It is not the latest revision and was stored more than ${days} days ago.`;
  for (const revision of chunk.revisions) if (!whole.has(revision.updateKey)) yield { ...revision, reason };
}
