import { SyncError } from '../../errors/SyncError.js';
import type { IdRange } from '../../store/StoreInspection.js';
import { completedChange } from '../completedCatalogue.js';
import type { Run } from '../Run.js';
import type { SiteContext } from '../SiteContext.js';

/**
 * The revisions that an export carries: all that a synchronization has completed, or of them those stored after a run
 * ended or after a
 * date. A bundle out of the middle of a run would be left out by the reader, and never come again.
 * @throws SyncError RunNotFound, CatalogueEmpty, InvalidRequest
 */
export async function exportRange({ database, site }: SiteContext, since: string | undefined): Promise<IdRange> {
  const to = await completedChange(database);
  if (to < 1) throw new SyncError('CatalogueEmpty', { site: site.siteCode });
  if (since === undefined) return { from: 1, to };
  const time = /^\d{1,9}$/.test(since) ? await endOfRun(database, Number(since)) : timeOf(since);
  return { from: Math.min((await database.firstStoredAfter(time)) ?? to + 1, to + 1), to };
}

async function endOfRun(database: SiteContext['database'], id: number): Promise<number> {
  const [json] = await database.runs({ id });
  const { EndTime } = json === undefined ? { EndTime: null } : (JSON.parse(json) as Pick<Run, 'EndTime'>);
  if (EndTime === null) throw new SyncError('RunNotFound', { run: id });
  return Date.parse(EndTime);
}

function timeOf(text: string): number {
  const time = Date.parse(text);
  if (Number.isNaN(time))
    throw new SyncError('InvalidRequest', {
      method: 'catalog/export',
      reason: `${text} is neither the number of a run nor a date`,
    });
  return time;
}
