import { X509Certificate } from 'node:crypto';
import { rootCertificates } from 'node:tls';
import { reasonOf, SyncError } from '../errors/SyncError.js';
import type { SourceSettings } from './SourceSettings.js';

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

/**
 * The roots Node brings and those of a PEM bundle; undefined (Node's own default) without a bundle. An authority is
 * trusted alone.
 */
export function trustedRoots({
  authority,
  caBundle,
}: Pick<SourceSettings, 'authority' | 'caBundle'>): string[] | undefined {
  if (authority !== undefined) return [authority];
  if (caBundle === undefined || caBundle.trim() === '') return undefined;
  const certificates = caBundle.match(CERTIFICATE) ?? [];
  if (certificates.length === 0) throw invalid('it holds no certificate in PEM form');
  for (const certificate of certificates) check(certificate);
  return [...rootCertificates, ...certificates];
}

function check(certificate: string): void {
  try {
    new X509Certificate(certificate);
  } catch (caught) {
    throw invalid(reasonOf(caught));
  }
}

function invalid(reason: string): SyncError {
  return new SyncError('CABundleInvalid', { path: 'of the source', reason });
}
