import { createPrivateKey, KeyObject, webcrypto } from 'node:crypto';
import type { KeyedCertificate } from '../../downstream/port/TlsDoor.js';
import type { CertificateNames } from './certificateFacts.js';

/** The one kind of key in certificates here: ECDSA with P-256 and SHA-256. */
const ECDSA_P256 = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

const DAY_MS = 86_400_000;

/** Certificates begin a day early, so that a node whose clock is a little late takes them. */
function validFrom(now: Date): Date {
  return new Date(now.getTime() - DAY_MS);
}

/** So many days from now. */
function daysAfter(now: Date, days: number): Date {
  return new Date(now.getTime() + days * DAY_MS);
}

/** A private key of WebCrypto as PEM text. */
function keyText(key: webcrypto.CryptoKey): string {
  return String(KeyObject.from(key).export({ type: 'pkcs8', format: 'pem' }));
}

/** The certificate library; loaded when a certificate is made, which is once a year. */
async function loadX509(): Promise<typeof import('@peculiar/x509')> {
  return (await import('./x509.js')).x509;
}

/** 25 years: nodes trust this certificate alone, so it outlives them. */
const AUTHORITY_DAYS = 25 * 365;

/** Makes the certification authority of a site: self-signed, for leaves only. */
export async function createAuthority(
  site: { readonly siteCode: string; readonly siteGuid: string },
  now: Date,
): Promise<KeyedCertificate> {
  const x509 = await loadX509();
  const keys = await webcrypto.subtle.generateKey(ECDSA_P256, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: `CN=ConfigMgrSync site ${site.siteCode}, OU=${site.siteGuid}`,
    notBefore: validFrom(now),
    notAfter: daysAfter(now, AUTHORITY_DAYS),
    signingAlgorithm: ECDSA_P256,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { certificate: certificate.toString('pem'), key: keyText(keys.privateKey) };
}

/** 13 months. */
const LEAF_DAYS = 396;

/** Makes the certificate that the port of a site shows, under the site's authority, with a key of its own. */
export async function createLeaf(
  authority: KeyedCertificate,
  names: CertificateNames,
  now: Date,
): Promise<KeyedCertificate> {
  const x509 = await loadX509();
  const issuer = new x509.X509Certificate(authority.certificate);
  const keys = await webcrypto.subtle.generateKey(ECDSA_P256, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.create({
    subject: [{ CN: [names.subject] }],
    issuer: issuer.subjectName,
    notBefore: validFrom(now),
    notAfter: daysAfter(now, LEAF_DAYS),
    signingAlgorithm: ECDSA_P256,
    publicKey: keys.publicKey,
    signingKey: await signingKey(authority.key),
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      await x509.AuthorityKeyIdentifierExtension.create(issuer.publicKey),
      new x509.SubjectAlternativeNameExtension([
        ...names.hosts.map((value) => ({ type: 'dns' as const, value })),
        ...names.addresses.map((value) => ({ type: 'ip' as const, value })),
      ]),
    ],
  });
  return { certificate: certificate.toString('pem'), key: keyText(keys.privateKey) };
}

async function signingKey(pem: string): Promise<webcrypto.CryptoKey> {
  const der = createPrivateKey(pem).export({ type: 'pkcs8', format: 'der' });
  return webcrypto.subtle.importKey('pkcs8', new Uint8Array(der), ECDSA_P256, false, ['sign']);
}
