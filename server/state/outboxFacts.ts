import type { SiteReads } from '../store/SiteDatabase.js';
import { parseReceiver } from './AlertSubscription.js';
import { readSubscriptions } from './alertSubscriptions.js';

/** Somebody to whom alerts cannot be delivered. */
interface UnreachedReceiver {
  /** An address, or `the webhook of NAME`. */
  readonly name: string;
  readonly reason: string;
}

/** How the delivery of alerts is. */
export interface OutboxFacts {
  readonly waiting: number;
  /** Several attempts have failed, and there are more to come. */
  readonly failing: UnreachedReceiver | undefined;
  /** Alerts that were given up, and whom the newest of them was for. */
  readonly dead: number;
  readonly lost: UnreachedReceiver | undefined;
}

export const EMPTY_OUTBOX: OutboxFacts = { waiting: 0, failing: undefined, dead: 0, lost: undefined };

/** How the delivery of alerts is, as it is stored. */
export async function readOutbox(database: Pick<SiteReads, 'setting' | 'outboxCounts'>): Promise<OutboxFacts> {
  const counts = await database.outboxCounts();
  if (counts.waiting === 0 && counts.dead === 0) return EMPTY_OUTBOX;
  const subscriptions = await readSubscriptions(database);
  const unreached = (receiver: string, reason: string): UnreachedReceiver | undefined => {
    if (receiver === '') return undefined;
    const { subscriptionId, channel, address } = parseReceiver(receiver);
    const subscription = subscriptions.find(({ id }) => id === subscriptionId);
    return { name: channel === 'mail' ? address : `the webhook of ${subscription?.name ?? subscriptionId}`, reason };
  };
  return {
    waiting: counts.waiting,
    failing: unreached(counts.failingReceiver, counts.failingError),
    dead: counts.dead,
    lost: unreached(counts.deadReceiver, counts.deadError),
  };
}
