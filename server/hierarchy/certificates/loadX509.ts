import { webcrypto } from 'node:crypto';

/** The certificate library, with what its decorators need; loaded when a certificate is made, which is once a year. */
export async function loadX509(): Promise<typeof import('@peculiar/x509')> {
  await import('reflect-metadata');
  const x509 = await import('@peculiar/x509');
  x509.cryptoProvider.set(webcrypto);
  return x509;
}
