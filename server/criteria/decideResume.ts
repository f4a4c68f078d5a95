/** What is looked at of a run. */
export interface EndedRun {
  readonly State: string;
  readonly ErrorId: string | null;
  readonly Kind: 'Full' | 'Delta';
  readonly RequestedBy: string;
}

/** So many runs in a row that ended with their engine are no accident: the next attempt is left to the schedule or a command. */
const attempts = 3;

/**
 * Decides whether a starting service goes on with the synchronization that its engine was ended in. `runs`: newest first.
 * @returns the run to resume
 */
export function decideResume(runs: readonly EndedRun[]): EndedRun | undefined {
  const stopped = runs.findIndex((run) => run.ErrorId !== 'EngineStopped');
  const count = stopped === -1 ? runs.length : stopped;
  return count > 0 && count < attempts ? runs[0] : undefined;
}
