import path from 'node:path';
import { siteFiles } from '../site/SiteFolder.js';
import { SIDE_CAR } from './PackageSideCar.js';

/** Where the files of one request lie in the Transfer folder of a site. */
export interface PackagePlace {
  readonly file: string;
  readonly sideCar: string;
  readonly contentList: string;
}

/** What the name of the list of content files adds to the package's. */
export const CONTENT_LIST = '.content.csv';

/** The place of a request; its id, a GUID, is all of the name that comes from outside. */
export function packagePlace(sitePath: string, requestId: string): PackagePlace {
  const file = path.join(sitePath, siteFiles.transfer, `${requestId.toLowerCase()}.package`);
  return { file, sideCar: `${file}${SIDE_CAR}`, contentList: `${file}${CONTENT_LIST}` };
}
