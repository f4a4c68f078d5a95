import type { SiteCertificate } from '../contract/generated/types.js';
import { SyncError } from '../errors/SyncError.js';
import { authorityCertificate } from '../link/certificates/siteCertificates.js';
import type { ServiceParts } from './ServiceParts.js';

/** `site/certificate`. @throws SyncError SiteCertificateMissing, CertificatesInvalid */
export async function siteCertificate({ context: { site } }: ServiceParts): Promise<SiteCertificate> {
  const certificate = authorityCertificate(site);
  if (certificate === undefined) throw new SyncError('SiteCertificateMissing', { site: site.siteCode });
  return Promise.resolve({
    Subject: certificate.subject.replaceAll('\n', ', '),
    Thumbprint: certificate.fingerprint.replaceAll(':', ''),
    NotAfter: new Date(certificate.validTo).toISOString(),
    Certificate: certificate.toString(),
  });
}
