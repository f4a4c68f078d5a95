import { generateKeyPairSync, sign, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { HelloResult } from '../contract/generated/types.js';
import { ed25519Key } from '../platform/ed25519Key.js';

/** What an engine says of itself in its answer to hello, and to whom. */
interface Said {
  /** The nonce of the relay. */
  readonly relay: string;
  readonly hello: Omit<HelloResult, 'proof' | 'signature'>;
}

/**
 * Which process the engine of a site is, from its start to its end. The public half stands in `engine.json`: operators
 * know the secret of the site and may serve a pipe, but on Windows they cannot write there.
 */
export class EngineIdentity {
  /** SubjectPublicKeyInfo in base64. */
  readonly publicKey: string;
  readonly #private: KeyObject;

  constructor() {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    this.publicKey = publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
    this.#private = privateKey;
  }

  /** Signs the answer to hello, in base64. */
  sign(said: Said): string {
    return sign(null, signedText(said), this.#private).toString('base64');
  }
}

/** True where the engine with that key has said it. */
export function isSaidBy(publicKey: string, said: Said, signature: string): boolean {
  const key = ed25519Key(publicKey);
  return key !== undefined && verify(null, signedText(said), key, Buffer.from(signature, 'base64'));
}

function signedText({ relay, hello }: Said): Buffer {
  const { nonce = '', contract, processId, moduleVersion, yields = false } = hello;
  return Buffer.from(['engine hello', relay, nonce, contract, processId, moduleVersion, yields].join('|'));
}
