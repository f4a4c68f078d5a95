import { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';

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

/** Under which names and addresses a port can be reached. */
export interface CertificateNames {
  /** The common name: the site server. */
  readonly subject: string;
  /** Host names, in lower case. */
  readonly hosts: readonly string[];
  /** IP addresses as text. */
  readonly addresses: readonly string[];
}

/** A subject holds at most so many characters. */
const SUBJECT_LENGTH = 64;

/**
 * The names of a site server's certificate: its own name, localhost and the loopback addresses, and what else it is
 * reached by. Every name or
 * address in `further` may be a host name or an IP address; what is neither (a wildcard such as 0.0.0.0 too) is left
 * out.
 */
export function certificateNames(serverName: string, further: readonly string[]): CertificateNames {
  const given = [serverName, ...further].map((name) => name.replace(/^\[|\]$/g, '').toLowerCase());
  const hosts = given.filter((name) => isHostName(name));
  const addresses = given.filter((name) => isIP(name) !== 0 && name !== '0.0.0.0' && name !== '::');
  return {
    subject: serverName.slice(0, SUBJECT_LENGTH),
    hosts: [...new Set(['localhost', ...hosts])],
    addresses: [...new Set(['127.0.0.1', '::1', ...addresses])],
  };
}

function isHostName(text: string): boolean {
  return (
    isIP(text) === 0 && text.length <= 253 && /^[a-z\d_]([a-z\d_-]{0,62})(\.[a-z\d_]([a-z\d_-]{0,62}))*$/.test(text)
  );
}

/** What decides whether a certificate is replaced; dates in ms since 1970. */
export interface CertificateFacts {
  readonly notBefore: number;
  readonly notAfter: number;
  /** Every host name and address the certificate has. */
  readonly names: readonly string[];
  /** It was issued by the authority the site has now. */
  readonly isIssuedBySite: boolean;
}

/**
 * Why a certificate must be replaced at that time by one for the wanted names, as the end of a sentence; undefined
 * while it is good.
 */
export function renewalReason(facts: CertificateFacts, wanted: readonly string[], now: number): string | undefined {
  if (!facts.isIssuedBySite) return 'the site has another certificate authority';
  if (now < facts.notBefore) return 'it is not valid yet';
  if (now >= facts.notAfter) return 'it has expired';
  if ((facts.notAfter - now) * 3 < facts.notAfter - facts.notBefore) return 'less than a third of its lifetime is left';
  const missing = wanted.filter((name) => !facts.names.includes(name));
  return missing.length > 0 ? `it does not name ${missing.join(', ')}` : undefined;
}
