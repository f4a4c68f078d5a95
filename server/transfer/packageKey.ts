import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import { ed25519Key } from '../platform/ed25519Key.js';
import { realSealer } from '../platform/sealSecret.js';
import type { SiteFolder } from '../site/SiteFolder.js';
import { readSecret, writeSecrets } from '../site/siteSecrets.js';
import type { PackageKey } from '../state/SiteContext.js';

/** A new Ed25519 key, PKCS #8 in base64. */
export function newPackageKey(): string {
  return generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64');
}

/** The key of its PKCS #8 text. */
export function packageKeyOf(pkcs8: string): PackageKey {
  const key = createPrivateKey({ key: Buffer.from(pkcs8, 'base64'), type: 'pkcs8', format: 'der' });
  const publicKey = createPublicKey(key).export({ type: 'spki', format: 'der' }).toString('base64');
  return {
    publicKey,
    fingerprint: fingerprintOf(publicKey),
    sign: (text) => sign(null, Buffer.from(text, 'utf8'), key).toString('base64'),
  };
}

/** SHA-256 of a public key, 64 hexadecimal digits in lower case: what administrators compare and trust. */
export function fingerprintOf(publicKey: string): string {
  return createHash('sha256').update(Buffer.from(publicKey, 'base64')).digest('hex');
}

/** Tells whether the owner of an Ed25519 key has signed the text; whatever is not a key or not a signature has not. */
export function isSignedBy(publicKey: string, text: string, signature: string): boolean {
  const key = ed25519Key(publicKey);
  return key !== undefined && verify(null, Buffer.from(text, 'utf8'), key, Buffer.from(signature, 'base64'));
}

const keys = new Map<string, Promise<PackageKey>>();

/**
 * The key that signs the exports of a site: made and kept with its secrets when it is first needed. @throws SyncError
 * SecretSealFailed
 */
export async function sitePackageKey(site: SiteFolder): Promise<PackageKey> {
  const known = keys.get(site.path) ?? load(site);
  keys.set(site.path, known);
  known.catch(() => keys.delete(site.path));
  return known;
}

async function load(site: SiteFolder): Promise<PackageKey> {
  const stored = (await readSecret(site, 'packageKey', realSealer())) ?? '';
  if (stored !== '') return packageKeyOf(stored);
  const packageKey = newPackageKey();
  await writeSecrets(site, { packageKey }, realSealer());
  return packageKeyOf(packageKey);
}
