import type { StoreRepairRequest, StoreRepairResult } from '../contract/generated/types.js';
import { SyncError } from '../errors/SyncError.js';
import { repairDocuments } from '../repair/repairDocuments.js';
import type { RequestContext } from '../rpc/requests.js';
import type { SiteContext } from '../state/SiteContext.js';
import type { ServiceParts } from './ServiceParts.js';

/** `store/repair`: documents that are named, else the files of the database, which the engine has whole in memory. */
export async function repairStore(
  { context }: ServiceParts,
  params: StoreRepairRequest,
  { signal }: Pick<RequestContext, 'signal'>,
): Promise<StoreRepairResult> {
  // Asked for where the engine could not start: it was mended meanwhile, or never was damaged.
  if (params.rebuild === true) throw new SyncError('StoreRebuildRefused', { site: context.site.siteCode });
  const rewritten = params.revisions === undefined && (await rewriteDamaged(context));
  const { repaired, failed } = await repairDocuments(context, params.revisions ?? [], signal);
  return { repaired, failed, rewritten, lost: null, backup: null };
}

async function rewriteDamaged(context: SiteContext): Promise<boolean> {
  const { problems } = await context.database.inspect(false);
  if (problems.length === 0) return false;
  await context.database.rewrite();
  context.log.write(
    `Repair: the files of the site database were rewritten, ` +
      `because ${problems.map(({ path, reason }) => `${path} was damaged (${reason})`).join(', ')}.`,
  );
  return true;
}
