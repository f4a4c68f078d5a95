import type { SoftwareUpdateRow } from '../criteria/SoftwareUpdateRow.js';
import { mapped, together } from '../criteria/collections.js';
import { isVisibleChange } from '../criteria/nextRow.js';
import { removableUpdates } from '../criteria/removal.js';
import { inTurns } from '../platform/inTurns.js';
import type { SiteContext } from '../state/SiteContext.js';
import { stateChange } from '../state/siteState.js';
import type { SiteChanges } from '../store/SiteChanges.js';
import type { SiteDatabase, SiteReads } from '../store/SiteDatabase.js';

/** A row that changes, beside what it was. */
export interface RowChange {
  readonly before: SoftwareUpdateRow | undefined;
  readonly after: SoftwareUpdateRow;
}

/** Stores rows that changed; what commands show differently raises the content version at the end of the next run. */
export async function storeChanges(
  database: SiteDatabase,
  changes: readonly RowChange[],
  runChanges?: SiteChanges['runChanges'],
): Promise<void> {
  const isVisible = changes.some(({ before, after }) => isVisibleChange(before, after));
  await database.commit({
    softwareUpdates: changes.map((change) => change.after),
    ...(runChanges === undefined || runChanges.changes.length === 0 ? {} : { runChanges }),
    ...(isVisible ? { settings: stateChange({ unresolved: true }) } : {}),
  });
}

const DAY = 24 * 60 * 60 * 1000;
const BATCH = 100;

/**
 * What may leave the site database now: expired for `ageDays` and not held by a bundle that stays (configmgr.md section
 * 4.7).
 */
export async function oldExpired(
  database: SiteReads,
  options: { ageDays: number; now: number },
): Promise<readonly SoftwareUpdateRow[]> {
  const due = await database.expiredSince(options.now - options.ageDays * DAY);
  if (due.length === 0) return due;
  const holdings = await database.holdings(await inTurns(mapped(due, (row) => row.updateKey)));
  const holding = await inTurns(together(await inTurns(mapped(holdings, ({ holder }) => holder))));
  const holders = await database.softwareUpdatesByUpdate([...holding]);
  return inTurns(removableUpdates(due, { holdings, holders }));
}

/**
 * How old expired updates leave: `write` stores a batch, `pause` stands between two batches and throws when the work is
 * to end.
 */
interface RemovalOptions {
  readonly ageDays: number;
  readonly write: (changes: readonly RowChange[]) => Promise<void>;
  readonly pause: () => Promise<void>;
}

/** Takes old expired updates out of the site database in batches; gives them, hidden children too. */
export async function removeOldExpired(
  context: SiteContext,
  options: RemovalOptions,
): Promise<readonly SoftwareUpdateRow[]> {
  const now = context.now().getTime();
  const rows = await oldExpired(context.database, { ageDays: options.ageDays, now });
  if (rows.length === 0) return rows;
  context.log.write('Deleting old expired updates...');
  for (let at = 0; at < rows.length; at += BATCH) {
    await options.pause();
    const batch = rows.slice(at, at + BATCH);
    await options.write(
      batch.map((before) => ({
        before,
        after: { ...before, isRemoved: true, ciVersion: before.ciVersion + 1, modified: now },
      })),
    );
    context.log.write(`Deleted ${batch.length} expired updates`);
  }
  context.log.write(`Deleted ${rows.length} expired updates total`);
  return rows;
}
