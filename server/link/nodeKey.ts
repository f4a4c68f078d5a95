import { createPrivateKey, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto';
import { SyncError } from '../errors/SyncError.js';
import { ed25519Key } from '../platform/ed25519Key.js';

/** The Ed25519 key a node proves itself with. */
interface NodeKey {
  /** SPKI, DER in base64: what the parent knows. */
  readonly publicKey: string;
  /** PKCS #8 as PEM text. */
  readonly privateKey: string;
}

/** What a proof is about: nothing of it can be used on another connection, for another node or at another parent. */
export interface ProofFacts {
  /** Of the parent, for this connection. */
  readonly nonce: string;
  /** Of the parent. */
  readonly siteCode: string;
  readonly nodeId: number;
  /**
   * Keying material exported from the TLS connection (RFC 5705), hexadecimal: both ends have the same, a machine in
   * between does not.
   */
  readonly binding: string;
}

/** Makes a key. */
export function createNodeKey(): NodeKey {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  return {
    publicKey: publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
    privateKey: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
  };
}

/** Signs a proof; base64. */
export function signProof(privateKey: string, facts: ProofFacts): string {
  return sign(null, proofText(facts), createPrivateKey(privateKey)).toString('base64');
}

/** Tells whether a signature is of that key over those facts. */
export function isProof(publicKey: string, facts: ProofFacts, signature: string): boolean {
  return verify(null, proofText(facts), readPublicKey(publicKey), Buffer.from(signature, 'base64'));
}

/** Reads a public key. @throws SyncError InvalidRequest where it is no Ed25519 key */
export function readPublicKey(text: string): KeyObject {
  const key = ed25519Key(text);
  if (key === undefined)
    throw new SyncError('InvalidRequest', {
      method: 'of the site link',
      reason: 'The public key is not an Ed25519 key',
    });
  return key;
}

function proofText({ nonce, siteCode, nodeId, binding }: ProofFacts): Buffer {
  return Buffer.from(`ConfigMgrSync site link 1\n${nonce}\n${siteCode}\n${nodeId}\n${binding}\n`, 'utf8');
}
