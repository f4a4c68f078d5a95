import type { Run } from '../contract/generated/types.js';
import type { SiteChanges } from '../store/SiteChanges.js';
import type { RunQuery, SiteReads } from '../store/SiteDatabase.js';

/** Which runs are asked for. */
interface RunFilter extends RunQuery {
  readonly state?: Run['State'] | undefined;
}

/** What earlier versions did not store. */
const UNKNOWN = { Warnings: [], Size: null };

/** Runs that are read at once where it is not known how many there are. */
const PAGE = 100;

/** The runs of a site as they were stored; one of a version that knew no warnings, or no size, has none. */
export async function readRuns(database: Pick<SiteReads, 'runs'>, filter: RunFilter): Promise<readonly Run[]> {
  const stored = await database.runs(filter);
  return stored.map((json) => ({
    ...UNKNOWN,
    ...(JSON.parse(json) as Omit<Run, keyof typeof UNKNOWN> & Partial<Run>),
  }));
}

/** The newest run that fits, however far back; undefined where none does. */
export async function findRun(
  database: Pick<SiteReads, 'runs'>,
  filter: Pick<RunFilter, 'state'>,
  fits: (run: Run) => boolean,
): Promise<Run | undefined> {
  let before: number | undefined;
  for (;;) {
    const page = await readRuns(database, { ...filter, newest: PAGE, before });
    const found = page.find(fits);
    if (found !== undefined || page.length < PAGE) return found;
    before = page.at(-1)?.Id;
  }
}

/** One of them. */
export async function readRun(database: Pick<SiteReads, 'runs'>, id: number): Promise<Run | undefined> {
  return (await readRuns(database, { id }))[0];
}

/** The part of a transaction that stores a run as it is now. */
export function runChange(run: Run): Pick<SiteChanges, 'run'> {
  return { run: { id: run.Id, state: run.State, json: JSON.stringify(run) } };
}
