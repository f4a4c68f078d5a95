import { KeyObject, webcrypto } from 'node:crypto';

/** A certificate with its private key, both PEM text. */
export interface KeyedCertificate {
  readonly certificate: string;
  /** PKCS #8. */
  readonly key: string;
}

/** The one kind of key in certificates here: ECDSA with P-256 and SHA-256. */
export const ecdsaP256 = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

const dayMs = 86_400_000;

/** Certificates begin a day early, so that a node whose clock is a little late takes them. */
export function validFrom(now: Date): Date {
  return new Date(now.getTime() - dayMs);
}

/** So many days from now. */
export function daysAfter(now: Date, days: number): Date {
  return new Date(now.getTime() + days * dayMs);
}

/** A private key of WebCrypto as PEM text. */
export function keyText(key: webcrypto.CryptoKey): string {
  return String(KeyObject.from(key).export({ type: 'pkcs8', format: 'pem' }));
}
