import type { Run } from './Run.js';

/** The first lines of a run in wsyncmgr.log by who asked for it (configmgr.md section 3.2; those of a retry and of an import are ours). */
const LINES: Readonly<Record<Run['Requester'], readonly string[]>> = {
  Command: ['Wakeup by inbox drop', 'Found local sync request file', 'Starting Sync', 'Performing sync on local request'],
  Parent: ['Wakeup by inbox drop', 'Found parent sync notification file', 'Starting Sync', 'Performing sync on parent request'],
  Schedule: ['Wakeup for scheduled regular sync', 'Starting Sync', 'Performing sync on regular schedule'],
  Import: ['Wakeup by a package to import', 'Starting Sync', 'Performing sync from a package'],
  Retry: ['Wakeup for a polling cycle', 'Starting Sync', 'Performing sync on retry schedule'],
};

/** What the log says of why a run began. */
export function wakeupLines(requester: Run['Requester']): readonly string[] {
  return LINES[requester];
}
