import type { SiteReads } from '../store/SiteDatabase.js';
import { type AlertSubscription, NEW_SUBSCRIPTION } from './AlertSubscription.js';
import { readState, STATE } from './siteState.js';

/** The subscriptions in the order in which they were made. */
export async function readSubscriptions(database: Pick<SiteReads, 'setting'>): Promise<readonly AlertSubscription[]> {
  const stored = await readState(database, STATE.subscriptions);
  return (stored ?? []).map((subscription) => ({ ...NEW_SUBSCRIPTION, ...subscription }));
}
