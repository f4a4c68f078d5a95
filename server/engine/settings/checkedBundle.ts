import { X509Certificate } from 'node:crypto';
import { reasonOf, SyncError } from '../../errors/SyncError.js';
import { splitCertificates } from '../splitCertificates.js';

/** The PEM text, each certificate of which can be read; '' clears it. Throws SyncError CABundleInvalid. */
export function checkedBundle(pem: string): string {
  if (pem === '') return '';
  const certificates = splitCertificates(pem);
  if (certificates.length === 0)
    throw new SyncError('CABundleInvalid', { path: 'given', reason: 'it holds no certificate in PEM form' });
  try {
    for (const certificate of certificates) new X509Certificate(certificate);
  } catch (error) {
    throw new SyncError('CABundleInvalid', { path: 'given', reason: reasonOf(error) }, { cause: error });
  }
  return pem;
}
