import { X509Certificate } from 'node:crypto';
import type { CertificateFacts } from './renewalReason.js';

/**
 * Reads from a certificate what its renewal is decided by. Names are in lower case, IPv6 addresses in their short form.
 */
export function certificateFacts(certificate: string, authority: string): CertificateFacts {
  const leaf = new X509Certificate(certificate);
  const issuer = new X509Certificate(authority);
  return {
    notBefore: Date.parse(leaf.validFrom),
    notAfter: Date.parse(leaf.validTo),
    names: namesIn(leaf.subjectAltName ?? ''),
    isIssuedBySite: leaf.checkIssued(issuer) && leaf.verify(issuer.publicKey),
  };
}

/** Node.js writes `DNS:localhost, IP Address:0:0:0:0:0:0:0:1`. */
function namesIn(text: string): readonly string[] {
  return text
    .split(', ')
    .map((part) => part.slice(part.indexOf(':') + 1).toLowerCase())
    .map(shortAddress);
}

function shortAddress(name: string): string {
  if (!name.includes(':')) return name;
  return new URL(`http://[${name}]/`).hostname.slice(1, -1);
}
