import type { Run } from '../contract/generated/types.js';

const NOTIFICATION = 'Found parent sync notification file';

/**
 * The first lines of a run in wsyncmgr.log by who asked for it (configmgr.md section 3.2; those of a retry and of an
 * import are ours).
 */
const LINES: Readonly<Record<Run['Requester'], readonly string[]>> = {
  Command: [
    'Wakeup by inbox drop',
    'Found local sync request file',
    'Starting Sync',
    'Performing sync on local request',
  ],
  Parent: ['Wakeup by inbox drop', NOTIFICATION, 'Starting Sync', 'Performing sync on parent request'],
  Schedule: ['Wakeup for scheduled regular sync', 'Starting Sync', 'Performing sync on regular schedule'],
  Import: ['Wakeup by a package to import', 'Starting Sync', 'Performing sync from a package'],
  Retry: ['Wakeup for a polling cycle', 'Starting Sync', 'Performing sync on retry schedule'],
};

/** What the log says of why a run began; `parent` is the site code of the site above. */
export function wakeupLines(requester: Run['Requester'], parent?: string): readonly string[] {
  return LINES[requester].map((line) =>
    line === NOTIFICATION && parent !== undefined ? `${line} ${parent}.SYN.` : line,
  );
}
