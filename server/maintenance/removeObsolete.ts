import { obsoleteRevisions } from '../criteria/obsoleteRevisions.js';
import type { Obsolete, RevisionReference } from '../criteria/obsoleteRevisions.js';
import { isKnownAfterwards, removalOrder } from '../criteria/removal.js';
import type { RemovalChunk } from '../criteria/removal.js';
import { inTurns } from '../platform/inTurns.js';
import { pause } from './MaintenanceJob.js';
import type { MaintenanceJob } from './MaintenanceJob.js';
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

async function removeChunk(job: MaintenanceJob, chunk: RemovalChunk): Promise<void> {
  const { database } = job.context;
  await nameChunk(job, chunk);
  const rows = await database.softwareUpdatesByUpdate(chunk.updates);
  const whole = new Set(chunk.updates);
  await database.commit({
    removedRevisions: chunk.revisions.map(({ revisionId, updateKey, revisionNumber }) => ({
      revisionId,
      updateKey,
      revisionNumber,
      isKnown: !whole.has(updateKey) || isKnownAfterwards(rows.get(updateKey)),
    })),
    removedSoftwareUpdates: [...rows.values()].map((row) => row.ciId),
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
  const whole = new Set(chunk.updates);
  const newest = new Map<number, RevisionReference>();
  for (const revision of chunk.revisions) {
    if (
      whole.has(revision.updateKey) &&
      revision.revisionNumber > (newest.get(revision.updateKey)?.revisionNumber ?? -1)
    )
      newest.set(revision.updateKey, revision);
  }
  const rows = await job.context.database.softwareUpdatesByUpdate(chunk.updates);
  const { obsoleteAgeDays } = job.settings;
  await job.report.name(
    'DeleteUpdate',
    [...newest.values()].map((revision) => {
      const row = rows.get(revision.updateKey);
      return {
        ...revision,
        ciId: row?.ciId,
        reason:
          row === undefined
            ? 'Nothing refers to it.'
            : `It has been declined for ${obsoleteAgeDays} days and nothing refers to it.`,
      };
    }),
  );
  await job.report.name(
    'DeleteRevision',
    chunk.revisions
      .filter((revision) => !whole.has(revision.updateKey))
      .map((revision) => ({
        ...revision,
        reason: `It is not the latest revision and was stored more than ${obsoleteAgeDays} days ago.`,
      })),
  );
}
