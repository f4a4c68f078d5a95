import type { Run } from '../contract/generated/types.js';
import type { SiteChanges } from '../store/SiteChanges.js';
import type { SiteReads } from '../store/SiteDatabase.js';

/** Which runs are asked for; what is undefined does not matter. */
interface RunFilter {
  readonly id?: number | undefined;
  readonly newest?: number | undefined;
  readonly state?: Run['State'] | undefined;
}

/** The runs of a site as they were stored, newest first; one of a version that knew no warnings has none. */
export async function readRuns(
  database: Pick<SiteReads, 'runs'>,
  { id, newest, state }: RunFilter,
): Promise<readonly Run[]> {
  const stored = await database.runs({ id, newest, state });
  return stored.map((json) => ({ Warnings: [], ...(JSON.parse(json) as Omit<Run, 'Warnings'> & Partial<Run>) }));
}

/** One of them. */
export async function readRun(database: Pick<SiteReads, 'runs'>, id: number): Promise<Run | undefined> {
  return (await readRuns(database, { id }))[0];
}

/** The part of a transaction that stores a run as it is now. */
export function runChange(run: Run): Pick<SiteChanges, 'run'> {
  return { run: { id: run.Id, state: run.State, json: JSON.stringify(run) } };
}
