import path from 'node:path';
import { SyncError } from '../errors/SyncError.js';
import type { FolderFiles } from '../platform/files/folderFiles.js';
import { filesOf, SITE_FILES } from '../site/SiteFolder.js';
import type { SiteFolder } from '../site/SiteFolder.js';
import { SIDE_CAR } from './sideCar.js';

/** Where the files of one request lie in the Transfer folder of a site, whose files are `files`. */
export interface PackagePlace {
  readonly files: FolderFiles;
  readonly file: string;
  readonly sideCar: string;
  readonly contentList: string;
}

/** What the name of the list of content files adds to the package's. */
export const CONTENT_LIST = '.content.csv';

/** The place of a request; its id, a GUID, is all of the name that comes from outside. */
export function packagePlace(
  site: Pick<SiteFolder, 'path'> & Partial<Pick<SiteFolder, 'files'>>,
  requestId: string,
): PackagePlace {
  const file = path.join(site.path, SITE_FILES.transfer, `${requestId.toLowerCase()}.package`);
  return { files: filesOf(site), file, sideCar: `${file}${SIDE_CAR}`, contentList: `${file}${CONTENT_LIST}` };
}

/** How a package is written, by the name of its file. @throws SyncError InvalidRequest */
export function packageFormat(path: string): 'Cabinet' | 'Gzip' {
  if (/\.xml\.gz$/i.test(path)) return 'Gzip';
  if (/\.cab$/i.test(path)) return 'Cabinet';
  throw new SyncError('InvalidRequest', {
    method: 'catalog/export',
    reason: `the name of ${path} ends neither in .cab nor in .xml.gz`,
  });
}
