import { createHmac, timingSafeEqual } from 'node:crypto';

/** The two nonces of a connection in the order in which an end writes them. */
export interface Nonces {
  readonly engine: string;
  readonly relay: string;
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
