import type { EvaluatedUpdate } from '../criteria/UpdateEvaluation.js';
import { isMassExpiry } from '../criteria/mistrust.js';
import { SyncError } from '../errors/SyncError.js';
import { EXPIRY } from '../store/rows.js';
import type { SoftwareUpdateRow } from '../store/rows.js';
import { forgetAnchors } from '../state/catalogueState.js';
import type { SyncJob } from './SyncJob.js';

/**
 * An upstream that names too few of the live updates any more is not believed, unless the administrator said that it is
 * meant.
 * @throws SyncError MassExpiryRefused; nothing has been changed then
 */
export async function refuseMassExpiry(
  job: SyncJob,
  stored: ReadonlyMap<number, SoftwareUpdateRow>,
  evaluated: ReadonlyMap<number, EvaluatedUpdate>,
): Promise<void> {
  if (job.listed === undefined || job.allowMassExpiry) return;
  const standings = [...stored.values()]
    .filter((row) => !row.isHidden && row.expiryReason === EXPIRY.none)
    .map((row) => evaluated.get(row.updateKey)?.standing);
  const missing = standings.filter((standing) => standing === EXPIRY.upstream).length;
  const live = missing + standings.filter((standing) => standing === EXPIRY.none).length;
  if (!isMassExpiry({ missing, live, limitPercent: job.settings.massExpiryLimitPercent })) return;
  // The short list has moved the anchor already: only a complete one can say what it left out.
  await forgetAnchors(job.context.database, {
    reason: 'the last complete list of the upstream was refused',
    since: job.context.now().getTime(),
  });
  throw new SyncError('MassExpiryRefused', { missing, live });
}
