import { type FolderFiles, plainFiles } from '../../server/platform/files/folderFiles.js';
import { realFiles, type StoreFiles } from '../../server/store/StorePlace.js';

/** The files of a site folder with the calls of a store that fail: a proxy as an object whose members go through it. */
export function folderFilesOf(files: StoreFiles): FolderFiles {
  const names = (Object.keys(realFiles) as (keyof StoreFiles)[]).filter(
    (name) => name.endsWith('Sync') || name === 'write' || name === 'fsync',
  );
  const members = Object.fromEntries(names.map((name) => [name, Reflect.get(files, name) as unknown]));
  return { ...plainFiles, ...(members as unknown as StoreFiles) };
}
