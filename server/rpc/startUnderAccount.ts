import { toSyncError } from '../errors/SyncError.js';
import type { SyncError } from '../errors/SyncError.js';
import type { SiteFolder } from '../site/SiteFolder.js';
import type { FolderAccount } from '../site/folderUse.js';
import { AccountRelay } from './AccountRelay.js';
import type { EngineDeps } from './EngineDeps.js';
import type { StartedEngine } from './spawnEngine.js';

/** Starts the engine of a site under the account of its folder: a relay there does it, as a session of it would. */
export function startUnderAccount(site: SiteFolder, account: FolderAccount, deps: EngineDeps): StartedEngine {
  const relay = new AccountRelay(site, account, deps);
  let hasStarted = false;
  let failure: SyncError | undefined;
  void relay
    .request('site/get', {})
    .then(
      () => (hasStarted = true),
      (caught: unknown) => (failure = toSyncError(caught, 'the start of the engine')),
    )
    .finally(() => relay.close());
  return {
    isAlive: () => {
      if (failure !== undefined) throw failure;
      return !hasStarted;
    },
    leave: () => relay.kill(),
  };
}
