/** An alert that was raised or resolved, with one message for each receiver that is to be told. */
export interface AlertDeliveries {
  readonly alertId: number;
  /** True: whoever is told is told of the end too. */
  readonly isRaised: boolean;
  readonly receivers: readonly string[];
  /** What happened, as JSON text. */
  readonly json: string;
}

/** `delivery.state`. */
export const DELIVERY_STATE = { waiting: 0, delivered: 1, dead: 2 } as const;

/** What became of deliveries. */
export type DeliveryStep =
  /** Those of a receiver up to an id go in one message. */
  | { readonly kind: 'gather'; readonly receiver: string; readonly batch: number; readonly last: number }
  | {
      readonly kind: 'putOff';
      readonly receiver: string;
      readonly batch: number;
      readonly attempts: number;
      /** ms since 1970 UTC */
      readonly due: number;
      readonly error: string;
      /** The receiver refused this message: it holds no later one. */
      readonly isRefused?: boolean;
    }
  | {
      readonly kind: 'end';
      readonly receiver: string;
      readonly batch: number;
      readonly state: number;
      readonly time: number;
      readonly error: string;
    }
  /** The receiver is not there any more. */
  | { readonly kind: 'drop'; readonly receiver: string }
  /** Those that ended before that time (ms), where nothing is still to be said of their alert. */
  | { readonly kind: 'forget'; readonly before: number };

/** What waits for one receiver under one number of a message. */
export interface WaitingDeliveries {
  readonly receiver: string;
  /** Number of the message, 0 while they are not gathered. */
  readonly batch: number;
  readonly count: number;
  readonly first: number;
  readonly last: number;
  readonly attempts: number;
  readonly due: number;
  readonly error: string;
  /** The receiver refused this message and may take the next one. */
  readonly isRefused: boolean;
}

/** How the outbox is. */
export interface OutboxCounts {
  readonly waiting: number;
  /** Why the first of those that were tried several times did not arrive, and who waits for it; '' for none. */
  readonly failingError: string;
  readonly failingReceiver: string;
  /** What was given up, where nothing was delivered to the receiver since. */
  readonly dead: number;
  /** The newest reason why something could not be delivered for good. */
  readonly deadError: string;
  readonly deadReceiver: string;
}

/** The questions that can be asked of the outbox. */
export interface DeliveryReads {
  waitingDeliveries(): Promise<readonly WaitingDeliveries[]>;
  /** What a message tells, the first of it in order; JSON texts. */
  deliveriesOf(message: { receiver: string; batch: number; limit: number }): Promise<readonly string[]>;
  /** Who was told that the alert was raised, and not yet that it is over. */
  openReceivers(alertId: number): Promise<readonly string[]>;
  /** When something was last delivered to a receiver (ms), 0 for never. */
  lastDelivered(receiver: string): Promise<number>;
  outboxCounts(): Promise<OutboxCounts>;
}
