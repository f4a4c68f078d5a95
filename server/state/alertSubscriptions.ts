import { conditionId } from '../criteria/alertNumbers.js';
import type { AlertKind } from '../criteria/alertKinds.js';
import type { SiteReads } from '../store/SiteDatabase.js';
import { type AlertSubscription, NEW_SUBSCRIPTION } from './AlertSubscription.js';
import { readState, STATE } from './siteState.js';

/** The subscriptions in the order in which they were made. */
export async function readSubscriptions(database: Pick<SiteReads, 'setting'>): Promise<readonly AlertSubscription[]> {
  const stored = await readState(database, STATE.subscriptions);
  return (stored ?? []).map((subscription) => ({ ...NEW_SUBSCRIPTION, ...subscription }));
}

/** Those that an alert is for: what stands for every server or category is subscribed for all of them. */
export function subscriptionsFor(
  subscriptions: readonly AlertSubscription[],
  { id, siteCode, kind }: { readonly id: number; readonly siteCode: string; readonly kind: AlertKind },
): readonly AlertSubscription[] {
  const numbers = [id, conditionId(siteCode, kind)];
  return subscriptions.filter(
    ({ alertIds }) => alertIds.length === 0 || numbers.some((number) => alertIds.includes(number)),
  );
}
