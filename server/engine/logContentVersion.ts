import type { SyncJob } from './SyncJob.js';

/** Update source id of the product, as it stands in the log and in policy. */
const UPDATE_SOURCE = '{C2D17964-BBDD-4339-B9F3-12D7205B39CC}';

/** Stands after the WSUS phase, and again one higher when the site database changed (configmgr.md section 3.3). */
export function logContentVersion(job: SyncJob): void {
  const { context, recorder } = job;
  context.log.write(
    `Set content version of update source ${UPDATE_SOURCE} for site ${context.site.siteCode} ` +
      `to ${recorder.run.SyncCatalogVersion}`,
  );
}
