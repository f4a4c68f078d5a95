import type { Run } from '../contract/generated/types.js';
import { failedUpdatesText, NAMED_FAILURES } from '../criteria/failedUpdates.js';
import { repeatedFailure, type RunOutcome } from '../criteria/repeatedFailure.js';
import { reasonOf } from '../errors/SyncError.js';
import { toWall, wallText } from '../schedule/zone.js';
import type { SiteContext } from '../state/SiteContext.js';
import { readRuns } from '../state/storedRuns.js';
import type { SiteDatabase } from '../store/SiteDatabase.js';
import type { RunRecorder } from './RunRecorder.js';
import type { SyncContext } from './SyncContext.js';

/** Warns in a run that is about to succeed that it did not bring everything. */
export async function warnOfFailures({ database, imported, recorder }: SyncContext): Promise<void> {
  const { Id, Counts, FailedUpdates } = recorder.run;
  const first = FailedUpdates.slice(0, NAMED_FAILURES);
  const titles = await titlesOf(
    database,
    first.map(({ UpdateID }) => UpdateID),
  );
  const facts = { id: Id, count: Counts.Failed, first, titles, isImport: imported !== undefined };
  const told = failedUpdatesText(facts);
  if (told !== undefined) recorder.warn(`WARNING: ${told}`, told);
}

/** Titles by id, of what the site has another revision of. */
async function titlesOf(database: SiteDatabase, updateIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const keys = [...(await database.updateKeys(updateIds)).values()];
  const names = await database.names(await database.latestRevisions(keys));
  return new Map([...names.values()].map(({ updateId, title }) => [updateId.toLowerCase(), title]));
}

/** Runs that are looked at. */
const LOOKED = 50;

/** Warns in a run that is about to end like this when it is not the first one that fails so. */
export async function warnOfRepetition(
  { database, log, zone }: SiteContext,
  recorder: RunRecorder,
  ending: Pick<Run, 'State' | 'ErrorId'>,
): Promise<void> {
  try {
    const newest = await readRuns(database, { newest: LOOKED });
    const before = newest.filter(({ Id, State }) => Id !== recorder.run.Id && State !== 'Running');
    const now: RunOutcome = { ...recorder.run, ...ending };
    const told = repeatedFailure([now, ...before], {
      isCut: newest.length >= LOOKED,
      timeText: (time) =>
        wallText(toWall(zone, Date.parse(time)))
          .replace('T', ' ')
          .slice(0, 16),
    });
    if (told !== undefined) recorder.warn(told, told);
  } catch (error) {
    // What the run itself came to is told all the same.
    log.write(`Earlier runs could not be read: ${reasonOf(error)}`);
  }
}
