import { SyncError, toSyncError } from '../errors/SyncError.js';
import type { FolderAccount } from '../site/folderUse.js';
import type { SiteFolder } from '../site/SiteFolder.js';
import { askUnderAccount } from './AccountRelay.js';
import type { EngineDeps } from './EngineDeps.js';
import type { StartedEngine } from './spawnEngine.js';

/** Starts the engine of a site under the account of its folder: a relay there does it, as a session of it would. */
export function startUnderAccount(site: SiteFolder, account: FolderAccount, deps: EngineDeps): StartedEngine {
  let end: SyncError | 'started' | undefined;
  void askUnderAccount(site, { account, method: 'site/get', params: {} }, deps).then(
    () => (end = 'started'),
    (caught: unknown) => (end = toSyncError(caught, 'the start of the engine')),
  );
  return {
    isAlive: () => {
      if (end instanceof SyncError) throw end;
      return end === undefined;
    },
  };
}
