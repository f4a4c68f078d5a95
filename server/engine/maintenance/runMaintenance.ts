import { oldExpired, removeOldExpired } from '../removeOldExpired.js';
import { storeChanges, type RowChange } from '../writeSoftwareUpdates.js';
import { compactDocuments } from './compactDocuments.js';
import { declineUpdates } from './declineUpdates.js';
import { expiryName } from './MaintenanceReport.js';
import { pause, type MaintenanceJob } from './MaintenanceJob.js';
import { removeObsolete } from './removeObsolete.js';

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
  await report.name(
    'Remove',
    due.map((row) => ({
      ...row,
      reason: `It expired more than ${ageDays} days ago (${expiryName(row.expiryReason)}).`,
    })),
  );
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
