import { isIP } from 'node:net';

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
const subjectLength = 64;

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
    subject: serverName.slice(0, subjectLength),
    hosts: [...new Set(['localhost', ...hosts])],
    addresses: [...new Set(['127.0.0.1', '::1', ...addresses])],
  };
}

function isHostName(text: string): boolean {
  return (
    isIP(text) === 0 && text.length <= 253 && /^[a-z\d_]([a-z\d_-]{0,62})(\.[a-z\d_]([a-z\d_-]{0,62}))*$/.test(text)
  );
}
