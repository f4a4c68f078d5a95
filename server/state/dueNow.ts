import type { DeliveryStep } from '../store/Deliveries.js';
import { parseReceiver, type Receiver } from './AlertSubscription.js';
import type { SiteContext } from './SiteContext.js';

/** What could not be delivered to receivers is tried at once: what it failed by may be mended now. */
export async function dueNow(
  { database, now }: Pick<SiteContext, 'database' | 'now'>,
  isMeant: (receiver: Receiver) => boolean,
): Promise<readonly DeliveryStep[]> {
  const waiting = await database.waitingDeliveries();
  return waiting
    .filter(({ batch, receiver }) => batch !== 0 && isMeant(parseReceiver(receiver)))
    .map(({ receiver, batch, attempts, error, isRefused }) => ({
      kind: 'putOff',
      receiver,
      batch,
      attempts,
      due: now().getTime(),
      error,
      isRefused,
    }));
}
