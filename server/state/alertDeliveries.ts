import type { AlertEvent } from '../criteria/AlertEvent.js';
import type { AlertDeliveries } from '../store/Deliveries.js';
import type { SiteChanges } from '../store/SiteChanges.js';
import type { SiteReads } from '../store/SiteDatabase.js';
import { receiversOf } from './AlertSubscription.js';
import { readSubscriptions, subscriptionsFor } from './alertSubscriptions.js';

/** The part of a transaction that tells whoever has subscribed; of the end who was told of the beginning. */
export async function deliveriesFor(
  database: Pick<SiteReads, 'setting' | 'openReceivers'>,
  events: readonly AlertEvent[],
): Promise<Pick<SiteChanges, 'alertDeliveries'>> {
  if (events.length === 0) return {};
  const subscriptions = await readSubscriptions(database);
  const known = new Set(subscriptions.flatMap(receiversOf));
  const raised = new Map<number, readonly string[]>();
  const told: AlertDeliveries[] = [];
  for (const event of events) {
    const { alertId } = event;
    const isRaised = event.state === 'Raised';
    const open = isRaised ? [] : [...(raised.get(alertId) ?? []), ...(await database.openReceivers(alertId))];
    const receivers = isRaised
      ? subscriptionsFor(subscriptions, { ...event, id: alertId }).flatMap(receiversOf)
      : [...new Set(open)].filter((one) => known.has(one));
    if (isRaised) raised.set(alertId, receivers);
    else raised.delete(alertId);
    told.push({ alertId, isRaised, receivers, json: JSON.stringify(event) });
  }
  return { alertDeliveries: told };
}
