import { createHash } from 'node:crypto';
import type { AlertEvent } from '../criteria/AlertEvent.js';

/** An alert in a message; the one of a test has a kind of its own. */
export type ShownAlert = Omit<AlertEvent, 'kind'> & { readonly kind: string };

/** What one message tells. */
export interface AlertMessage {
  readonly siteCode: string;
  readonly serverName: string;
  /** The same for every attempt, also after a kill: receivers know a message that they have by it. */
  readonly key: string;
  readonly alerts: readonly ShownAlert[];
  /** How many alerts it is about; the text shows the first of them. */
  readonly count: number;
  readonly isTest: boolean;
}

/** So many alerts a message shows. */
export const SHOWN_ALERTS = 100;

/** The key of a message: of one site, one receiver, one number and the time of its first alert. */
export function messageKey(siteGuid: string, parts: { receiver: string; batch: number; at: number }): string {
  const { receiver, batch, at } = parts;
  const digest = createHash('sha256').update(`${siteGuid}\n${receiver}\n${batch}\n${at}`).digest('hex');
  return digest.slice(0, 32);
}
