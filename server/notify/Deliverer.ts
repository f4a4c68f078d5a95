import { reasonOf } from '../errors/SyncError.js';
import type { Ticker } from '../platform/cronTicker.js';
import { DAY, HOUR, MINUTE } from '../schedule/zone.js';
import type { SiteContext } from '../state/SiteContext.js';
import type { AlertEvent } from '../criteria/AlertEvent.js';
import { type AlertSubscription, parseReceiver, receiversOf } from '../state/AlertSubscription.js';
import { readSubscriptions } from '../state/alertSubscriptions.js';
import { type NotificationSettings } from '../state/NotificationSettings.js';
import { readNotification } from '../state/readNotification.js';
import { DELIVERY_STATE, type DeliveryStep, type WaitingDeliveries } from '../store/Deliveries.js';
import { type AlertMessage, messageKey, SHOWN_ALERTS } from './AlertMessage.js';
import type { Outcome } from './Outcome.js';
import { nextAttempt, type PlannedMessage, planDeliveries } from './planDeliveries.js';
import { isQuietAt } from './quietHours.js';

/** Messages that are on their way at the same time. */
const AT_ONCE = 8;
const KEPT = 30 * DAY;

/** Sends one message to a receiver. */
export type SendMessage = (
  message: AlertMessage,
  to: { readonly receiver: string; readonly subscription: AlertSubscription },
  how: { readonly notification: NotificationSettings; readonly signal: AbortSignal },
) => Promise<Outcome>;

interface DelivererOptions {
  readonly context: SiteContext;
  readonly ticker: Ticker;
  readonly send: SendMessage;
  /** Called when messages are on their way, and when none is any more. */
  readonly onBusy: () => void;
  readonly onIdle: () => void;
}

/** What a round works with. */
interface Round {
  readonly now: number;
  readonly notification: NotificationSettings;
  /** By receiver. */
  readonly subscriptions: ReadonlyMap<string, AlertSubscription>;
}

/** Empties the outbox: what waits is sent beside everything else, and what fails is tried again later. */
export class Deliverer {
  readonly #options: DelivererOptions;
  readonly #endTicks: () => void;
  #under: Promise<void> | undefined;
  #isAskedAgain = false;
  readonly #over = new AbortController();
  #forgotten = 0;

  constructor(options: DelivererOptions) {
    this.#options = options;
    this.#endTicks = options.ticker(async () => this.tick());
  }

  /** Something may wait: alerts were just committed. */
  wake(): void {
    void this.tick();
  }

  /** Sends what is due. One that comes while it works makes it look once more. */
  async tick(): Promise<void> {
    if (this.#over.signal.aborted) return;
    if (this.#under !== undefined) this.#isAskedAgain = true;
    this.#under ??= this.#work().finally(() => (this.#under = undefined));
    await this.#under;
  }

  /** Takes up nothing more and ends what is on its way: the next engine sends it again, under the same key. */
  async stop(): Promise<void> {
    this.#over.abort();
    this.#endTicks();
    await this.#under;
  }

  async #work(): Promise<void> {
    try {
      do {
        this.#isAskedAgain = false;
        await this.#round();
      } while (this.#mustLookAgain());
    } catch (error) {
      this.#options.context.log.write(`The outbox of alerts could not be worked on: ${reasonOf(error)}.`);
    }
  }

  #mustLookAgain(): boolean {
    return this.#isAskedAgain && !this.#over.signal.aborted;
  }

  async #round(): Promise<void> {
    const { context, onBusy, onIdle } = this.#options;
    const waiting = await context.database.waitingDeliveries();
    if (waiting.length === 0) return;
    const round = await this.#facts();
    const planned = await this.#planned(waiting, round);
    if (planned.length === 0) return;
    onBusy();
    try {
      const queue = [...planned];
      const next = async (): Promise<void> => {
        for (let message = queue.shift(); message !== undefined && !this.#over.signal.aborted; message = queue.shift())
          await this.#deliver(message, round);
      };
      await Promise.all(Array.from({ length: AT_ONCE }, next));
    } finally {
      onIdle();
    }
  }

  async #facts(): Promise<Round> {
    const { database, now } = this.#options.context;
    const subscriptions = await readSubscriptions(database);
    return {
      now: now().getTime(),
      notification: await readNotification(database),
      subscriptions: new Map(
        subscriptions.flatMap((one) =>
          receiversOf(one).map((receiver): [string, AlertSubscription] => [receiver, one]),
        ),
      ),
    };
  }

  async #planned(waiting: readonly WaitingDeliveries[], round: Round): Promise<readonly PlannedMessage[]> {
    const { database, zone } = this.#options.context;
    const receivers = [...new Set(waiting.map(({ receiver }) => receiver))];
    const gone = receivers.filter((receiver) => !round.subscriptions.has(receiver));
    if (gone.length > 0) await database.commit({ deliverySteps: gone.map((receiver) => ({ kind: 'drop', receiver })) });
    const last = new Map<string, number>();
    for (const receiver of receivers) last.set(receiver, await database.lastDelivered(receiver));
    return planDeliveries({
      now: round.now,
      waiting: waiting.filter(({ receiver }) => round.subscriptions.has(receiver)),
      lastDelivered: (receiver) => last.get(receiver) ?? 0,
      digestMs: round.notification.digestMinutes * MINUTE,
      isQuiet: (receiver) => isQuietAt(round.subscriptions.get(receiver)?.quietHours ?? '', round.now, zone),
    });
  }

  async #deliver(planned: PlannedMessage, round: Round): Promise<void> {
    const { context, send } = this.#options;
    const { receiver, isNew, first, last, count } = planned;
    const subscription = round.subscriptions.get(receiver);
    if (subscription === undefined) return;
    const batch = isNew ? first : planned.batch;
    // What goes into the message, and so its key, is fixed before the first attempt.
    if (isNew) await context.database.commit({ deliverySteps: [{ kind: 'gather', receiver, batch, last }] });
    const message = await this.#message(receiver, batch, count);
    const how = { notification: round.notification, signal: this.#over.signal };
    const outcome = await send(message, { receiver, subscription }, how);
    // The engine ended it: the receiver has not failed.
    if (this.#over.signal.aborted && !outcome.isDelivered) return;
    const steps = [this.#stepAfter(outcome, { ...planned, batch }), ...this.#forgetting(round.now)];
    await context.database.commit({ deliverySteps: steps });
    context.log.write(lineOf(outcome, { receiver, count, subscription, attempts: planned.attempts + 1 }));
  }

  async #message(receiver: string, batch: number, count: number): Promise<AlertMessage> {
    const { site, database } = this.#options.context;
    const texts = await database.deliveriesOf({ receiver, batch, limit: SHOWN_ALERTS });
    const alerts = texts.map((text) => JSON.parse(text) as AlertEvent);
    const { siteCode, serverName, siteGuid } = site;
    const key = messageKey(siteGuid, { receiver, batch, at: alerts[0]?.at ?? 0 });
    return { siteCode, serverName, key, alerts, count, isTest: false };
  }

  #stepAfter(outcome: Outcome, { receiver, batch, attempts }: PlannedMessage): DeliveryStep {
    const time = this.#options.context.now().getTime();
    const of = { receiver, batch };
    if (outcome.isDelivered) return { kind: 'end', ...of, state: DELIVERY_STATE.delivered, time, error: '' };
    const error = outcome.answer;
    const due = outcome.isFinal ? undefined : nextAttempt(attempts + 1, time);
    if (due === undefined) return { kind: 'end', ...of, state: DELIVERY_STATE.dead, time, error };
    return { kind: 'putOff', ...of, attempts: attempts + 1, due, error };
  }

  #forgetting(now: number): DeliveryStep[] {
    if (Math.abs(now - this.#forgotten) < HOUR) return [];
    this.#forgotten = now;
    return [{ kind: 'forget', before: now - KEPT }];
  }
}

function lineOf(
  { isDelivered, isFinal, answer }: Outcome,
  about: { receiver: string; count: number; subscription: AlertSubscription; attempts: number },
): string {
  const { channel, address } = parseReceiver(about.receiver);
  const to = channel === 'mail' ? address : `the webhook of ${about.subscription.name}`;
  const what = about.count === 1 ? 'An alert' : `${about.count} alerts`;
  if (isDelivered) return `${what} delivered to ${to}: ${answer}.`;
  return `${what} not delivered to ${to} (attempt ${about.attempts}${isFinal ? ', the last one' : ''}): ${answer}.`;
}
