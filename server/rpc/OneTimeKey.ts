import { createPublicKey, diffieHellman, generateKeyPairSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { SyncError } from '../errors/SyncError.js';
import { sealingNonce } from './SealedChannel.js';

/** An end whose nonce is a key says so in it, behind the mark of those that seal. */
const MARK = sealingNonce('x.');

/**
 * The key pair of one end of one connection. Its public half is the nonce of that end, which all proofs cover: who
 * stands in between and knows the secret of the site, as an operator does, still does not know what both ends share.
 */
export class OneTimeKey {
  readonly nonce: string;
  readonly #private: KeyObject;

  constructor() {
    const { publicKey, privateKey } = generateKeyPairSync('x25519');
    this.nonce = `${MARK}${publicKey.export({ format: 'jwk' }).x ?? ''}`;
    this.#private = privateKey;
  }

  /** What only both ends know; nothing where the other is of a version that had no such key. */
  sharedWith(nonce: string): Buffer {
    if (!nonce.startsWith(MARK)) return Buffer.alloc(0);
    try {
      const key = { kty: 'OKP', crv: 'X25519', x: nonce.slice(MARK.length) };
      return diffieHellman({
        privateKey: this.#private,
        publicKey: createPublicKey({ key, format: 'jwk' }),
      });
    } catch (caught) {
      throw new SyncError(
        'InvalidRequest',
        { method: 'hello', reason: 'The nonce of hello is not a key' },
        { cause: caught },
      );
    }
  }
}
