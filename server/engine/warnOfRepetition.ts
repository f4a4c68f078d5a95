import { repeatedFailure, type RunOutcome } from '../criteria/repeatedFailure.js';
import { reasonOf } from '../errors/SyncError.js';
import type { Run } from '../contract/generated/types.js';
import type { RunRecorder } from './RunRecorder.js';
import type { SiteContext } from '../state/SiteContext.js';

/** Runs that are looked at. */
const LOOKED = 50;

/** Warns in a run that is about to end like this when it is not the first one that fails so. */
export async function warnOfRepetition(
  { database, log }: SiteContext,
  recorder: RunRecorder,
  ending: Pick<Run, 'State' | 'ErrorId'>,
): Promise<void> {
  try {
    const before = (await database.runs({ newest: LOOKED }))
      .map((json) => JSON.parse(json) as Run)
      .filter(({ Id, State }) => Id !== recorder.run.Id && State !== 'Running');
    const now: RunOutcome = { ...recorder.run, ...ending };
    const told = repeatedFailure([now, ...before].slice(0, LOOKED), LOOKED);
    if (told !== undefined) recorder.warn(told, told);
  } catch (error) {
    // What the run itself came to is told all the same.
    log.write(`Earlier runs could not be read: ${reasonOf(error)}`);
  }
}
