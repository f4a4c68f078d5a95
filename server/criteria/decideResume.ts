/** What is looked at of a run. */
export interface EndedRun {
  readonly State: string;
  readonly ErrorId: string | null;
  readonly Kind: 'Full' | 'Delta';
  readonly Requester: string;
  readonly RequestedBy: string;
}

/** So many runs in a row that ended with their engine are no accident: the next attempt is not made at once. */
export const INTERRUPTED_ATTEMPTS = 3;

/** True for a run that ended with its engine. */
export function wasInterrupted(run: Pick<EndedRun, 'State' | 'ErrorId'>): boolean {
  return run.State === 'Failed' && run.ErrorId === 'EngineStopped';
}

/** How many of the runs, from the newest on, ended with their engine. */
export function countInterruptions(runs: readonly Pick<EndedRun, 'State' | 'ErrorId'>[]): number {
  const other = runs.findIndex((run) => !wasInterrupted(run));
  return other === -1 ? runs.length : other;
}

/**
 * Decides whether a starting service goes on with the synchronization that its engine was ended in. `runs`: newest
 * first.
 * @returns the run to resume
 */
export function decideResume(runs: readonly EndedRun[]): EndedRun | undefined {
  const count = countInterruptions(runs);
  return count > 0 && count < INTERRUPTED_ATTEMPTS ? runs[0] : undefined;
}
