import path from 'node:path';
import type { RunSize } from '../contract/generated/types.js';
import type { FolderFiles } from '../platform/files/folderFiles.js';
import { systemErrorCode } from '../platform/systemErrorCode.js';
import { filesOf } from '../site/SiteFolder.js';
import { storePlaceOf } from '../store/StorePlace.js';
import type { SiteContext } from './SiteContext.js';

/** What a site holds now, and how much disk it takes. */
export async function siteSize({ database, site }: Pick<SiteContext, 'database' | 'site'>): Promise<RunSize> {
  const place = storePlaceOf(site);
  const files = filesOf(site);
  const { softwareUpdates, revisions } = await database.counts();
  const size = await database.size?.();
  return {
    Updates: softwareUpdates,
    Documents: revisions,
    DocumentBytes: size?.documents ?? bytesIn(files, place.documents),
    DatabaseBytes: size?.database ?? bytesIn(files, place.database),
  };
}

function bytesIn(files: FolderFiles, folder: string): number {
  return files.readdirSync(folder).reduce((sum, name) => sum + bytesOf(files, path.join(folder, name)), 0);
}

/** A snapshot may be replaced at this moment: what is gone takes nothing. */
function bytesOf(files: Pick<FolderFiles, 'lstatSync'>, file: string): number {
  try {
    return files.lstatSync(file).size;
  } catch (caught) {
    if (systemErrorCode(caught) !== 'ENOENT') throw caught;
    return 0;
  }
}
