import type { SoftwareUpdateRow } from '../criteria/SoftwareUpdateRow.js';
import { expiryName, pause } from './MaintenanceJob.js';
import type { MaintenanceJob, Reported } from './MaintenanceJob.js';
import { compactDocuments } from './compactDocuments.js';
import { removeObsolete } from './removeObsolete.js';
import { oldExpired, removeOldExpired, storeChanges } from './removeOldExpired.js';
import type { RowChange } from './removeOldExpired.js';

const CHUNK = 500;

/** Declines in the catalogue what has left the site database; an update that becomes live again loses the mark. */
async function declineUpdates(job: MaintenanceJob): Promise<void> {
  const { context, report, isWhatIf } = job;
  const known = new Set(job.assumed.removed.map((row) => row.ciId));
  await decline(job, job.assumed.removed);
  for (let after = 0; ;) {
    await pause(job);
    const rows = (await context.database.removedUpdates({ isDeclined: false, after, limit: CHUNK })).filter(
      (row) => !known.has(row.ciId),
    );
    if (rows.length === 0) break;
    if (!isWhatIf)
      await context.database.commit({
        declinedUpdates: { ciIds: rows.map((row) => row.ciId), time: context.now().getTime() },
      });
    await decline(job, rows);
    after = rows.at(-1)?.ciId ?? after;
  }
  if (isWhatIf) return;
  const processed = (await context.database.counts()).softwareUpdates + report.counts.Declined;
  context.log.write(
    'Successfully completed WSUS Cleanup.',
    `Cleanup processed ${processed} total updates and declined ${report.counts.Declined}`,
    `Done Declining updates in WSUS Server ${context.site.serverName}`,
  );
}

async function decline(job: MaintenanceJob, rows: readonly SoftwareUpdateRow[]): Promise<void> {
  job.report.counts.Declined += rows.length;
  if (job.isWhatIf) for (const row of rows) job.assumed.declined.push(row.updateKey);
  await job.report.name(
    'Decline',
    rows.map((row) => ({
      ...row,
      reason: `It is no longer in the site database (${expiryName(row.expiryReason)}).`,
    })),
  );
}

/**
 * One maintenance, in the steps an administrator sees in wsyncmgr.log (docs/maintenance.md). Every step is done in
 * bounded
 * pieces, each one durable transaction; what a kill or a synchronization leaves undone the next maintenance finds
 * again.
 */
export async function runMaintenance(job: MaintenanceJob): Promise<void> {
  const { context, settings } = job;
  const { serverName } = context.site;
  await pause(job);
  await removeExpired(job);
  const cleansUp = settings.callWsusCleanup || settings.deleteObsoleteUpdates;
  if (cleansUp && !job.isWhatIf)
    context.log.write(
      `Starting cleanup on WSUS, default server ${serverName}`,
      `Cleaning up WSUS server ${serverName}`,
      'Calling WSUS Cleanup.',
    );
  if (settings.callWsusCleanup) await declineUpdates(job);
  if (settings.deleteObsoleteUpdates) await removeObsolete(job);
  await compactDocuments(job);
}

/** Old expired updates leave the site database, as at the end of each synchronization. */
async function removeExpired(job: MaintenanceJob): Promise<void> {
  const { context, settings, report } = job;
  const ageDays = settings.updatesCleanupAgeDays;
  const due = await oldExpired(context.database, { ageDays, now: context.now().getTime() });
  await report.name('Remove', removed(due, ageDays));
  if (job.isWhatIf) {
    report.counts.Removed = due.length;
    for (const row of due) job.assumed.removed.push(row);
    return;
  }
  const write = async (changes: readonly RowChange[]): Promise<void> => {
    await storeChanges(context.database, changes);
    report.counts.Removed += changes.length;
  };
  await removeOldExpired(context, { ageDays, write, pause: async () => pause(job) });
}

function* removed(due: readonly SoftwareUpdateRow[], days: number): Generator<Reported, void> {
  for (const row of due)
    yield { ...row, reason: `It expired more than ${days} days ago (${expiryName(row.expiryReason)}).` };
}
