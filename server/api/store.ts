import type { StoreRepairRequest, StoreRepairResult } from '../contract/generated/types.js';
import { SyncError } from '../errors/SyncError.js';
import { rebuildNeeded } from '../repair/rebuildDatabase.js';
import { repairDocuments } from '../repair/repairDocuments.js';
import type { RequestContext } from '../rpc/requests.js';
import type { SiteContext } from '../state/SiteContext.js';
import type { StoreProblem } from '../store/StoreInspection.js';
import { storePlaceOf } from '../store/StorePlace.js';
import type { ServiceParts } from './ServiceParts.js';

/** `store/repair`: documents that are named, else the files of the database, which the engine has whole in memory. */
export async function repairStore(
  { context }: ServiceParts,
  params: StoreRepairRequest,
  { signal }: Pick<RequestContext, 'signal'>,
): Promise<StoreRepairResult> {
  const problems = params.revisions === undefined ? (await context.database.inspect(false)).problems : [];
  refuseBeyondMending(context, problems, params.rebuild === true);
  const rewritten = await rewriteDamaged(context, problems);
  const { repaired, failed } = await repairDocuments(context, params.revisions ?? [], signal);
  return { repaired, failed, rewritten, lost: null, backup: null };
}

/** What an engine cannot mend is mended without one: it lets go of its files when the relay asks for it. */
function refuseBeyondMending({ site }: SiteContext, problems: readonly StoreProblem[], rebuild: boolean): void {
  const lost = problems.find(({ repair }) => repair === 'Rebuild' || (rebuild && repair === 'None'));
  // Asked for where the engine could not start: it was mended meanwhile, or never was damaged.
  if (rebuild && lost === undefined) throw new SyncError('StoreRebuildRefused', { site: site.siteCode });
  if (lost === undefined) return;
  const { path, reason } = lost;
  if (rebuild) throw new SyncError('StoreCorrupt', { path, reason });
  throw rebuildNeeded({ files: site.files, place: storePlaceOf(site) }, { path, reason });
}

async function rewriteDamaged(context: SiteContext, problems: readonly StoreProblem[]): Promise<boolean> {
  const mended = problems.filter(({ repair }) => repair !== 'None');
  if (mended.length === 0) return false;
  await context.database.rewrite();
  context.log.write(
    `Repair: the files of the site database were rewritten, ` +
      `because ${mended.map(({ path, reason }) => `${path} was damaged (${reason})`).join(', ')}.`,
  );
  return true;
}
