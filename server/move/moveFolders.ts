import path from 'node:path';
import type { FolderFiles } from '../platform/files/folderFiles.js';
import { SITE_FILES, type SiteFolder } from '../site/SiteFolder.js';
import { MOVE_FILES } from '../site/moveRecord.js';
import { namesIn } from '../store/fileCalls.js';
import { parseSealFile } from '../store/seal/sealFile.js';

/** Bytes of a store. */
export interface MovedSize {
  readonly database: number;
  readonly documents: number;
}

type Place = Pick<SiteFolder, 'path' | 'files'>;

/** Where the copy is made. */
export function copyFolder(site: Place): string {
  return path.join(site.path, MOVE_FILES.copy);
}

/** Where the old database is kept. */
export function keptFolder(site: Pick<SiteFolder, 'path'>): string {
  return path.join(site.path, MOVE_FILES.kept);
}

/** The seals of a store in a folder. */
export function sealsIn(files: FolderFiles, folder: string): string[] {
  return namesIn(files, folder).filter((name) => parseSealFile(name) !== undefined);
}

/** Bytes of the database and the documents that a site has in its folder. */
export function sizeOfStore(site: Place): MovedSize {
  const bytesIn = (name: string): number => bytesUnder(site.files, path.join(site.path, name));
  return { database: bytesIn(SITE_FILES.database), documents: bytesIn(SITE_FILES.documents) };
}

/** Bytes of all files in a folder and below it; 0 where there is none. */
export function bytesUnder(files: FolderFiles, folder: string): number {
  return namesIn(files, folder).reduce((sum, name) => {
    const found = files.lstatSync(path.join(folder, name));
    return sum + (found.isDirectory() ? bytesUnder(files, path.join(folder, name)) : found.size);
  }, 0);
}
