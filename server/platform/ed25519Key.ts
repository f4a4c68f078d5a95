import { createPublicKey, type KeyObject } from 'node:crypto';

/** The Ed25519 public key of a SubjectPublicKeyInfo in base64; undefined for whatever is none. */
export function ed25519Key(text: string): KeyObject | undefined {
  try {
    const key = createPublicKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'spki' });
    return key.asymmetricKeyType === 'ed25519' ? key : undefined;
  } catch {
    return undefined;
  }
}
