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
  if (!facts.isIssuedBySite) return 'the authority of the site is another one';
  if (now < facts.notBefore) return 'it is not valid yet';
  if (now >= facts.notAfter) return 'it has expired';
  if ((facts.notAfter - now) * 3 < facts.notAfter - facts.notBefore) return 'less than a third of its time is left';
  const missing = wanted.filter((name) => !facts.names.includes(name));
  return missing.length > 0 ? `it does not name ${missing.join(', ')}` : undefined;
}
