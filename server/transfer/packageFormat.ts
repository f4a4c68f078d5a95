import { SyncError } from '../errors/SyncError.js';

/** How a package is written, by the name of its file. @throws SyncError InvalidRequest */
export function packageFormat(path: string): 'Cabinet' | 'Gzip' {
  if (/\.xml\.gz$/i.test(path)) return 'Gzip';
  if (/\.cab$/i.test(path)) return 'Cabinet';
  throw new SyncError('InvalidRequest', {
    method: 'catalog/export',
    reason: `the name of ${path} ends neither in .cab nor in .xml.gz`,
  });
}
