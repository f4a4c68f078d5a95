import { subscriptionKey } from '../state/ComponentSettings.js';
import type { SyncJob } from './SyncJob.js';
import { synchronizeLicenseTerms } from './synchronizeLicenseTerms.js';

/** Why a run looks at everything although it brings nothing. */
export const STORED_REASON = 'the site has no synchronization source and evaluates what it has';

/**
 * The WSUS phase of a site without a source: nothing is brought. What packages have brought is there, and the phase
 * that follows makes of it what the subscription and the rules say now.
 */
export async function evaluateStored(job: SyncJob): Promise<void> {
  job.context.log.write('The site has no synchronization source; what its packages have brought is evaluated again.');
  job.askedSubscription = subscriptionKey(job.settings);
  await synchronizeLicenseTerms(job);
}
