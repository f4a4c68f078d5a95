import { SyncError } from '../errors/SyncError.js';
import { runProgram } from '../platform/runProgram.js';
import { EngineLock } from '../rpc/EngineLock.js';
import { acquireEngineLock } from '../rpc/acquireEngineLock.js';
import type { SiteFolder } from '../site/SiteFolder.js';
import { finishMove } from '../site/moveRecord.js';
import { finishRestore } from '../site/restoreRecord.js';
import { type TrustSystem, verifySiteFolder } from '../site/siteTrust.js';
import { type StorePlace, storePlaceOf } from '../store/StorePlace.js';
import { highestGeneration } from '../store/highestGeneration.js';

const thisMachine: TrustSystem = { platform: process.platform, env: process.env, run: runProgram };

/**
 * Works in a site folder with the site's lock held: no engine starts meanwhile. On Windows it is looked at first: a
 * restore writes the keys of the site there.
 * @throws SyncError EngineUnreachable when another engine has the site after all, SiteFolderNotTrusted
 */
export async function withoutEngine<Result>(
  site: SiteFolder,
  work: (place: StorePlace, generation: number) => Promise<Result>,
  system: TrustSystem = thisMachine,
): Promise<Result> {
  await verifySiteFolder(site, system);
  const place = storePlaceOf(site);
  const mask = process.umask(site.operators.length > 0 ? 0o007 : 0o077);
  const lock = await acquireEngineLock(site, async () => Promise.resolve(highestGeneration(site.files, place)));
  try {
    if (!(lock instanceof EngineLock))
      throw new SyncError('EngineUnreachable', {
        site: site.siteCode,
        reason: lock.remark ?? 'another engine has just started; run the command again',
      });
    await finishRestore(site);
    await finishMove(site);
    return await work(place, lock.generation);
  } finally {
    process.umask(mask);
    if (lock instanceof EngineLock) await lock.release();
  }
}
