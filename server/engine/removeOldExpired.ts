import { removableUpdates } from '../criteria/removableUpdates.js';
import { nextTurn } from '../platform/nextTurn.js';
import type { SoftwareUpdateRow } from '../store/rows.js';
import type { SiteReads } from '../store/SiteDatabase.js';
import type { SyncJob } from './sync.js';
import { writeChanges } from './writeSoftwareUpdates.js';

const DAY = 24 * 60 * 60 * 1000;
const BATCH = 100;

/** What may leave the site database now: expired for `ageDays` and not held by a bundle that stays (configmgr.md section 4.7). */
export async function oldExpired(database: SiteReads, options: { ageDays: number; now: number }): Promise<readonly SoftwareUpdateRow[]> {
  const due = await database.expiredSince(options.now - options.ageDays * DAY);
  if (due.length === 0) return due;
  const holdings = await database.holdings(due.map((row) => row.updateKey));
  const holders = await database.softwareUpdatesByUpdate([...new Set(holdings.map((holding) => holding.holder))]);
  return removableUpdates(due, { holdings, holders });
}

/** Takes old expired updates out of the site database in batches; gives their number, hidden children too. */
export async function removeOldExpired(job: SyncJob): Promise<number> {
  const { context, settings } = job;
  const now = context.now().getTime();
  const rows = await oldExpired(context.database, { ageDays: settings.updatesCleanupAgeDays, now });
  if (rows.length === 0) return 0;
  context.log.write('Deleting old expired updates...');
  for (let at = 0; at < rows.length; at += BATCH) {
    await nextTurn();
    job.signal.throwIfAborted();
    const batch = rows.slice(at, at + BATCH);
    await writeChanges(job, batch.map((before) => ({ before, after: { ...before, isRemoved: true, ciVersion: before.ciVersion + 1, modified: now } })));
    context.log.write(`Deleted ${batch.length} expired updates`);
  }
  context.log.write(`Deleted ${rows.length} expired updates total`);
  return rows.length;
}
