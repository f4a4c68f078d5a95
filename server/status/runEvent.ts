import type { Run } from '../contract/generated/types.js';
import { SyncError } from '../errors/SyncError.js';
import { EVENT_ID, type SystemEvent } from '../platform/systemLog.js';
import type { HeartbeatRecord } from '../site/heartbeatFile.js';

/**
 * The event of a run that ended: a failure, or the first success after one. A run that was stopped on purpose is no
 * event.
 * `earlier`: the runs before it, newest first.
 */
export function runEvent(run: Run, earlier: readonly Run[]): SystemEvent | undefined {
  if (run.State === 'Failed')
    return run.ErrorId === 'EngineStopped'
      ? undefined
      : { id: EVENT_ID.failed, level: 'Error', text: failureText(run) };
  const before = earlier.find((other) => other.State !== 'Cancelled');
  if (!run.Succeeded || before === undefined || before.Succeeded) return undefined;
  const text =
    `Synchronization of site ${run.SiteCode} succeeded again (run ${run.Id}). The run before ` +
    `it, ${before.Id}, had failed: ${before.ErrorId ?? ''}.`;
  return { id: EVENT_ID.recovered, level: 'Information', text };
}

function failureText(run: Run): string {
  return (
    `Synchronization of site ${run.SiteCode} failed ` +
    `(run ${run.Id}). ${run.ErrorId ?? ''}: ${run.ErrorMessage ?? ''} Next step: ${run.NextStep ?? ''}`
  );
}

/**
 * The event of an engine that left no mark of a clean end. Not one when the machine itself was started since: that has
 * an event of its own.
 * `booted`: when the machine was started.
 */
export function crashEvent(siteCode: string, note: HeartbeatRecord, booted: Date): SystemEvent | undefined {
  if (Date.parse(note.time) < booted.getTime()) return undefined;
  const error = new SyncError('EngineCrashed', {
    site: siteCode,
    processId: note.processId,
    time: note.time,
    run: note.run === 0 ? 'no run' : `run ${note.run}`,
  });
  return {
    id: EVENT_ID.crashed,
    level: 'Error',
    text: `${error.errorId}: ${error.message} Next step: ${error.nextStep}`,
  };
}
