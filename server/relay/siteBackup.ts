import path from 'node:path';
import type { SiteBackup, SiteBackupRequest, SiteRestore, SiteRestoreRequest } from '../contract/generated/types.js';
import { SyncError } from '../errors/SyncError.js';
import { trustedPath } from '../platform/files/trustedPath.js';
import { realSealer } from '../platform/sealSecret.js';
import { backUpSite } from '../repair/backUpSite.js';
import type { BackupWork } from '../repair/backUpSite.js';
import { restoreSite } from '../repair/restoreSite.js';
import type { EngineDeps } from '../rpc/EngineDeps.js';
import type { SiteEnvironment } from '../site/SiteFolder.js';
import { askUnderAccount } from './AccountRelay.js';
import type { EngineClient } from './EngineClient.js';
import { endIdleEngine } from './endIdleEngine.js';

/** How a session hears of a backup or a restore, and ends it early. */
export interface CopyRequest {
  readonly signal: AbortSignal;
  readonly onProgress: (activity: string, done: number, total: number) => void;
  readonly say: (line: string) => void;
}

/** `site/backup`: the engine says what the files of this moment are, and they are copied here, by whoever asks. */
export async function backUpThroughRelay(
  client: EngineClient,
  { path: target, password }: SiteBackupRequest,
  request: CopyRequest,
): Promise<SiteBackup> {
  if (client.site.use.as === 'guest') throw new SyncError('SiteAccountNeeded', { site: client.site.siteCode });
  return backUpSite({
    site: client.site,
    source: {
      begin: async () => client.request('backup/begin', {}, { signal: request.signal }),
      end: async (id) => (await client.request('backup/end', { id })).held,
    },
    ...placeOf(path.resolve(target)),
    password,
    version: client.deps.version,
    sealer: realSealer(),
    now: () => client.deps.clock.now(),
    ...request,
  });
}

/** Others may own a part of the way: root is not led elsewhere. @throws SyncError BackupTargetInvalid */
function placeOf(target: string): Pick<BackupWork, 'target' | 'files'> {
  try {
    const { path: real, files } = trustedPath(target, process.geteuid?.());
    return { target: real, files };
  } catch (caught) {
    if (!(caught instanceof SyncError) || caught.errorId !== 'SiteFolderNotTrusted') throw caught;
    throw new SyncError(
      'BackupTargetInvalid',
      { path: target, reason: String(caught.data['reason']) },
      { cause: caught },
    );
  }
}

/** Where a restore runs. */
export interface RestorePlace {
  readonly environment: SiteEnvironment;
  readonly deps: EngineDeps;
}

/** `site/restore`: needs no engine, and ends the one of the site. */
export async function restoreThroughRelay(
  params: SiteRestoreRequest,
  { environment, deps }: RestorePlace,
  request: CopyRequest,
): Promise<SiteRestore> {
  return restoreSite({
    backup: path.resolve(params.path),
    sitePath: params.sitePath,
    password: params.password,
    account: params.account,
    mayReplace: params.replace === true,
    isWhatIf: params.whatIf === true,
    environment,
    sealer: realSealer(),
    endEngine: async (site) => {
      const refused = (reason: string): SyncError => new SyncError('RestoreRefused', { site: site.siteCode, reason });
      await endIdleEngine({ site, deps, say: request.say, refused });
    },
    asAccount: async (site, account) =>
      (await askUnderAccount(site, { account, method: 'site/restore', params }, deps)) as SiteRestore,
    report: request.say,
    ...request,
  });
}
