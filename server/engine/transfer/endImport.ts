import { reasonOf } from '../../errors/SyncError.js';
import { STATE } from '../catalogueState.js';
import type { Run } from '../Run.js';
import type { SiteContext } from '../SiteContext.js';
import type { PackageImport } from './PackageImport.js';

/** Forgets a package whose run is over. One that ended with its engine is gone on with, so its package stays. */
export async function endImport({ database, log }: SiteContext, run: Run, imported: PackageImport): Promise<void> {
  if (run.ErrorId === 'EngineStopped') return;
  try {
    if (!run.Succeeded) await database.commit({ settings: { [STATE.importPending]: null } });
    await imported.remove();
  } catch (error) {
    log.write(`The imported package could not be removed from the site folder: ${reasonOf(error)}.`);
  }
}
