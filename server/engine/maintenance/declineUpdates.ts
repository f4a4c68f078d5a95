import type { SoftwareUpdateRow } from '../../store/rows.js';
import { expiryName } from './MaintenanceReport.js';
import { pause, type MaintenanceJob } from './MaintenanceJob.js';

const CHUNK = 500;

/** Declines in the catalogue what has left the site database; an update that becomes live again loses the mark. */
export async function declineUpdates(job: MaintenanceJob): Promise<void> {
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
      reason: `It is not in the site database any more (${expiryName(row.expiryReason)}).`,
    })),
  );
}
