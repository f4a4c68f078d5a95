import { createPrivateKey, webcrypto } from 'node:crypto';
import type { CertificateNames } from './certificateNames.js';
import { daysAfter, ecdsaP256, type KeyedCertificate, keyText, validFrom } from './KeyedCertificate.js';
import { loadX509 } from './loadX509.js';

/** 13 months. */
const leafDays = 396;

/** Makes the certificate that the port of a site shows, under the site's authority, with a key of its own. */
export async function createLeaf(
  authority: KeyedCertificate,
  names: CertificateNames,
  now: Date,
): Promise<KeyedCertificate> {
  const x509 = await loadX509();
  const issuer = new x509.X509Certificate(authority.certificate);
  const keys = await webcrypto.subtle.generateKey(ecdsaP256, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.create({
    subject: [{ CN: [names.subject] }],
    issuer: issuer.subjectName,
    notBefore: validFrom(now),
    notAfter: daysAfter(now, leafDays),
    signingAlgorithm: ecdsaP256,
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
  return webcrypto.subtle.importKey('pkcs8', new Uint8Array(der), ecdsaP256, false, ['sign']);
}
