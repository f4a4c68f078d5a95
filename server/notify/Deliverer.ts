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
import { mayAct } from '../store/SharedStore.js';
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

/** Messages that go one way: all mail, or one webhook. A way that hangs holds no other one. */
interface Lane {
  /** More came for it while it was busy. */
  isAskedAgain: boolean;
  run: Promise<void>;
}

/** Empties the outbox: what waits is sent beside everything else, and what fails is tried again later. */
export class Deliverer {
  readonly #options: DelivererOptions;
  readonly #endTicks: () => void;
  #under: Promise<void> | undefined;
  #isAsked = false;
  readonly #lanes = new Map<string, Lane>();
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

  /** Sends what is due, and is fulfilled once nothing is on its way. */
  async tick(): Promise<void> {
    if (this.#over.signal.aborted || !mayAct(this.#options.context)) return;
    this.#isAsked = true;
    this.#under ??= this.#look().finally(() => (this.#under = undefined));
    await this.#settled();
  }

  /** Takes up nothing more and ends what is on its way: the next engine sends it again, under the same key. */
  async stop(): Promise<void> {
    this.#over.abort();
    this.#endTicks();
    await this.#settled();
  }

  #isEnding(): boolean {
    return this.#over.signal.aborted || !mayAct(this.#options.context);
  }

  async #settled(): Promise<void> {
    while (this.#under !== undefined || this.#lanes.size > 0)
      await Promise.all([this.#under, ...[...this.#lanes.values()].map(async ({ run }) => run)]);
  }

  async #look(): Promise<void> {
    try {
      while (this.#isAsked && !this.#over.signal.aborted) {
        this.#isAsked = false;
        await this.#round();
      }
    } catch (error) {
      this.#options.context.log.write(`The outbox of alerts could not be worked on: ${reasonOf(error)}.`);
    }
  }

  async #round(): Promise<void> {
    const waiting = await this.#options.context.database.waitingDeliveries();
    if (waiting.length === 0) return;
    const round = await this.#facts();
    const planned = await this.#planned(waiting, round);
    for (const name of new Set(planned.map(({ receiver }) => laneOf(receiver)))) {
      const messages = planned.filter(({ receiver }) => laneOf(receiver) === name);
      const busy = this.#lanes.get(name);
      if (busy === undefined) this.#begin(name, messages, round);
      else busy.isAskedAgain = true;
    }
  }

  #begin(name: string, messages: readonly PlannedMessage[], round: Round): void {
    const { onBusy, onIdle } = this.#options;
    if (this.#lanes.size === 0) onBusy();
    const lane: Lane = { isAskedAgain: false, run: Promise.resolve() };
    this.#lanes.set(name, lane);
    lane.run = this.#send([...messages], lane, round).finally(() => {
      this.#lanes.delete(name);
      if (this.#lanes.size === 0) onIdle();
      if (lane.isAskedAgain) this.wake();
    });
  }

  async #send(queue: PlannedMessage[], lane: Lane, round: Round): Promise<void> {
    const next = async (): Promise<void> => {
      for (let message = queue.shift(); message !== undefined && !this.#isEnding(); message = queue.shift())
        if ((await this.#try(message, round)) && round.notification.digestMinutes === 0) lane.isAskedAgain = true;
    };
    await Promise.all(Array.from({ length: AT_ONCE }, next));
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

  /** True where it was delivered. Whatever it comes to, the others of its lane are waited for: none is sent twice. */
  async #try(planned: PlannedMessage, round: Round): Promise<boolean> {
    try {
      return await this.#deliver(planned, round);
    } catch (error) {
      this.#options.context.log.write(`A message about alerts could not be worked on: ${reasonOf(error)}.`);
      return false;
    }
  }

  async #deliver(planned: PlannedMessage, round: Round): Promise<boolean> {
    const { context, send } = this.#options;
    const { receiver, isNew, first, last, count } = planned;
    const subscription = round.subscriptions.get(receiver);
    if (subscription === undefined) return false;
    const batch = isNew ? first : planned.batch;
    // What goes into the message, and so its key, is fixed before the first attempt.
    if (isNew) await context.database.commit({ deliverySteps: [{ kind: 'gather', receiver, batch, last }] });
    const message = await this.#message(receiver, batch, count);
    // Its subscription may have gone since the round began, and the engine may be ending.
    if (message.alerts.length === 0 || this.#isEnding()) return false;
    const how = { notification: round.notification, signal: this.#over.signal };
    const sent = await send(message, { receiver, subscription }, how);
    // The engine ended it: the receiver has not failed.
    if (this.#isEnding() && !sent.isDelivered) return false;
    const isOld = !sent.isDelivered && (await this.#isOld(receiver, round));
    const outcome = isOld ? { ...sent, isFinal: false } : sent;
    const steps = [this.#stepAfter(outcome, { ...planned, batch, isOld }), ...this.#forgetting(round.now)];
    await context.database.commit({ deliverySteps: steps });
    context.log.write(lineOf(outcome, { receiver, count, subscription, attempts: planned.attempts + 1 }));
    return outcome.isDelivered;
  }

  async #message(receiver: string, batch: number, count: number): Promise<AlertMessage> {
    const { site, database } = this.#options.context;
    const texts = await database.deliveriesOf({ receiver, batch, limit: SHOWN_ALERTS });
    const alerts = texts.map((text) => JSON.parse(text) as AlertEvent);
    const { siteCode, serverName, siteGuid } = site;
    const key = messageKey(siteGuid, { receiver, batch, at: alerts[0]?.at ?? 0 });
    return { siteCode, serverName, key, alerts, count, isTest: false };
  }

  /** Whether it was sent with settings that were changed meanwhile: then its failure says nothing of those. */
  async #isOld(receiver: string, before: Round): Promise<boolean> {
    const { notification, subscriptions } = await this.#facts();
    const [then, now] = [before, { notification, subscriptions }].map((one) =>
      JSON.stringify([one.notification, one.subscriptions.get(receiver)]),
    );
    return then !== now;
  }

  #stepAfter(
    outcome: Outcome,
    { receiver, batch, attempts, isOld }: PlannedMessage & { readonly isOld: boolean },
  ): DeliveryStep {
    const time = this.#options.context.now().getTime();
    const of = { receiver, batch };
    if (outcome.isDelivered) return { kind: 'end', ...of, state: DELIVERY_STATE.delivered, time, error: '' };
    const error = outcome.answer;
    const later = outcome.isFinal ? undefined : nextAttempt(attempts + 1, time);
    const due = isOld ? time : later;
    if (due === undefined) return { kind: 'end', ...of, state: DELIVERY_STATE.dead, time, error };
    return { kind: 'putOff', ...of, attempts: attempts + 1, due, error, isRefused: outcome.isRefused };
  }

  #forgetting(now: number): DeliveryStep[] {
    if (Math.abs(now - this.#forgotten) < HOUR) return [];
    this.#forgotten = now;
    return [{ kind: 'forget', before: now - KEPT }];
  }
}

function laneOf(receiver: string): string {
  return parseReceiver(receiver).channel === 'mail' ? 'mail' : receiver;
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
