import path from 'node:path';
import { reasonOf, SyncError } from '../errors/SyncError.js';
import { plainFiles } from '../platform/files/folderFiles.js';
import { replaceFile } from '../platform/replaceFile.js';

/**
 * Writes a file that the caller names. Whoever reads it meanwhile has the file before or this one, never half of it.
 * @throws SyncError PackageExists, PackageWriteFailed
 */
export async function writeNewFile(
  file: string,
  { text, replaces }: { readonly text: string; readonly replaces: boolean },
): Promise<void> {
  if (!replaces && plainFiles.existsSync(file)) throw new SyncError('PackageExists', { path: file });
  try {
    await replaceFile(file, text, { files: plainFiles, mode: 0o644 });
  } catch (caught) {
    const folder = path.dirname(file);
    const reason = plainFiles.existsSync(folder) ? reasonOf(caught) : `there is no folder ${folder}`;
    throw new SyncError('PackageWriteFailed', { path: file, reason }, { cause: caught });
  }
}
