import { webcrypto } from 'node:crypto';
import { daysAfter, ecdsaP256, type KeyedCertificate, keyText, validFrom } from './KeyedCertificate.js';
import { loadX509 } from './loadX509.js';

/** 25 years: nodes trust this certificate alone, so it outlives them. */
const authorityDays = 25 * 365;

/** Makes the certification authority of a site: self-signed, for leaves only. */
export async function createAuthority(
  site: { readonly siteCode: string; readonly siteGuid: string },
  now: Date,
): Promise<KeyedCertificate> {
  const x509 = await loadX509();
  const keys = await webcrypto.subtle.generateKey(ecdsaP256, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: `CN=ConfigMgrSync site ${site.siteCode}, OU=${site.siteGuid}`,
    notBefore: validFrom(now),
    notAfter: daysAfter(now, authorityDays),
    signingAlgorithm: ecdsaP256,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { certificate: certificate.toString('pem'), key: keyText(keys.privateKey) };
}
