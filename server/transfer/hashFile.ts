import { createHash } from 'node:crypto';
import type { FolderFiles } from '../platform/files/folderFiles.js';

/** SHA-256 of a file in hexadecimal, and its size in bytes. */
export async function hashFile(
  files: Pick<FolderFiles, 'openHandle'>,
  path: string,
): Promise<{ sha256: string; size: number }> {
  const hash = createHash('sha256');
  let size = 0;
  const file = await files.openHandle(path, 'r');
  for await (const piece of file.createReadStream({ highWaterMark: 256 * 1024 })) {
    hash.update(piece as Buffer);
    size += (piece as Buffer).length;
  }
  return { sha256: hash.digest('hex'), size };
}
