import type {
  OldDatabase,
  SiteMove,
  SiteMoveRequest,
  SiteRemoveOldDatabaseRequest,
} from '../contract/generated/types.js';
import { SyncError } from '../errors/SyncError.js';
import { moveSite } from '../move/moveSite.js';
import type { MoveTarget } from '../move/refuseMove.js';
import { removeOldDatabase } from '../move/removeOldDatabase.js';
import type { EngineDeps } from '../rpc/EngineDeps.js';
import type { SiteFolder } from '../site/SiteFolder.js';
import { databaseEngine } from '../site/describeSite.js';
import { askUnderAccount } from './AccountRelay.js';
import type { EngineClient } from './EngineClient.js';
import { endIdleEngine } from './endIdleEngine.js';
import type { CopyRequest } from './siteBackup.js';

/** `site/move`: needs no engine, and ends the one of the site. */
export async function moveThroughRelay(
  { site, deps }: EngineClient,
  params: SiteMoveRequest,
  request: CopyRequest,
): Promise<SiteMove> {
  if (site.use.as === 'account')
    return (await askUnderAccount(site, { account: site.use.account, method: 'site/move', params }, deps)) as SiteMove;
  return moveSite({
    site,
    target: targetOf(params),
    isWhatIf: params.whatIf === true,
    endEngine: async () => endForMove(site, deps, request.say),
    report: request.say,
    now: () => deps.clock.now(),
    ...request,
  });
}

/** @throws SyncError ContradictoryParameters, DatabaseAddressInvalid */
function targetOf({ database, databaseAddress }: SiteMoveRequest): MoveTarget {
  const to = databaseEngine(database);
  if (database === 'Postgres') return { to, address: databaseAddress ?? '' };
  if (databaseAddress === undefined) return { to };
  throw new SyncError('ContradictoryParameters', {
    reason: 'The address of a database is for a site whose database is in PostgreSQL',
  });
}

/** `site/removeOldDatabase`. */
export async function removeOldThroughRelay(
  { site, deps }: EngineClient,
  params: SiteRemoveOldDatabaseRequest,
  say: (line: string) => void,
): Promise<OldDatabase> {
  if (site.use.as === 'account')
    return (await askUnderAccount(
      site,
      { account: site.use.account, method: 'site/removeOldDatabase', params },
      deps,
    )) as OldDatabase;
  return removeOldDatabase({
    site,
    isLeft: params.leaveOnServer === true,
    isWhatIf: params.whatIf === true,
    endEngine: async () => endForMove(site, deps, say),
  });
}

async function endForMove(site: SiteFolder, deps: EngineDeps, say: (line: string) => void): Promise<void> {
  const refused = (reason: string): SyncError => new SyncError('MoveRefused', { site: site.siteCode, reason });
  await endIdleEngine({ site, deps, say, refused });
}
