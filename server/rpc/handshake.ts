import { createHmac, timingSafeEqual } from 'node:crypto';

/** The two nonces of a connection in the order in which an end writes them. */
export interface Nonces {
  readonly engine: string;
  readonly relay: string;
}

/**
 * An end that seals what it sends says so in its nonce: the proofs cover it, so that nobody in between can take it
 * away.
 */
const SEALING = 's.';

/** A nonce of an end that seals. */
export function sealingNonce(random: string): string {
  return `${SEALING}${random}`;
}

/** True where both ends seal; one of an older version does not. */
export function isSealing({ engine, relay }: Nonces): boolean {
  return engine.startsWith(SEALING) && relay.startsWith(SEALING);
}

/** What the engine proves itself with. */
export function engineProof(secret: string, nonces: Nonces): string {
  return hmac(secret, `engine|${nonces.relay}|${nonces.engine}`);
}

/** What the relay proves itself with. */
export function relayProof(secret: string, nonces: Nonces): string {
  return hmac(secret, `relay|${nonces.engine}|${nonces.relay}`);
}

/** Compares without telling by time how much was right. */
export function sameProof(expected: string, given: string): boolean {
  const a = Buffer.from(expected);
  const b = Buffer.from(given);
  return a.length === b.length && timingSafeEqual(a, b);
}

function hmac(secret: string, text: string): string {
  return createHmac('sha256', Buffer.from(secret, 'hex')).update(text).digest('hex');
}
