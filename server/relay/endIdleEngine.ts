import type { SyncError } from '../errors/SyncError.js';
import type { EngineDeps } from '../rpc/EngineDeps.js';
import { realServiceDeps } from '../service/ServiceDeps.js';
import { readServiceRecord } from '../site/ServiceRecord.js';
import type { SiteFolder } from '../site/SiteFolder.js';
import { connectRunningEngine } from './connectEngine.js';
import { endEngine } from './runningEngine.js';

/** An engine to be ended by what needs the site for itself. */
interface IdleEngine {
  readonly site: SiteFolder;
  readonly deps: EngineDeps;
  readonly say: (line: string) => void;
  /** The error that says why it goes on. */
  readonly refused: (reason: string) => SyncError;
}

/** An idle engine that was started on demand is ended; a service and a run are somebody's will. @throws SyncError */
export async function endIdleEngine({ site, deps, say, refused }: IdleEngine): Promise<void> {
  const connection = await connectRunningEngine(site, deps);
  if (connection === undefined) return;
  try {
    if (readServiceRecord(site) !== undefined)
      throw refused('its service is running; stop it first (Stop-CMSyncService, configmgrsync service stop)');
    const { runs } = await connection.rpc.sendRequest<{ runs: { Id: number }[] }>('run/list', { state: ['Running'] });
    const [run] = runs;
    if (run !== undefined) throw refused(`its synchronization ${run.Id} is running; wait for it, or stop it`);
  } finally {
    connection.rpc.end();
  }
  await endEngine(site, realServiceDeps(say));
}
