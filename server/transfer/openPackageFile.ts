import type { FileHandle } from 'node:fs/promises';
import type { FolderFiles } from '../platform/files/folderFiles.js';
import { BlockCabinet } from './BlockCabinet.js';
import { COMPRESSION, readCabinetTable, TABLE_BYTES, type CabinetTable } from './cabinetTable.js';
import { GzipFile } from './GzipFile.js';
import { LzxCabinet } from './LzxCabinet.js';
import { PackageError } from './PackageError.js';
import type { PackageFile } from './PackageFile.js';

/**
 * A file that unpacks to more than so many times its size, beyond the first megabytes, is no catalogue: real ones come
 * to 25.
 */
const MAX_RATIO = 400;
const FREE_BYTES = 64 * 1024 * 1024;

/**
 * Opens an export by what the file holds, whatever its name says. @throws PackageError, CabinetError, and errors of the
 * file system
 */
export async function openPackageFile(files: Pick<FolderFiles, 'openHandle'>, path: string): Promise<PackageFile> {
  const file = await files.openHandle(path, 'r');
  try {
    const { size } = await file.stat();
    const head = Buffer.alloc(Math.min(size, TABLE_BYTES));
    await file.read(head, 0, head.length, 0);
    return limited(await openByContent({ files, path, file, head, size }), size);
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function openByContent({
  files,
  path,
  file,
  head,
  size,
}: {
  files: Pick<FolderFiles, 'openHandle'>;
  path: string;
  file: FileHandle;
  head: Buffer;
  size: number;
}): Promise<PackageFile> {
  if (head[0] === 0x1f && head[1] === 0x8b) {
    await file.close();
    return new GzipFile(files, path);
  }
  if (head.toString('latin1', 0, 4) !== 'MSCF') throw new PackageError('it is neither a cabinet nor a gzip file');
  const table = readCabinetTable(head, size);
  return usesLzx(table) ? LzxCabinet.load(file, table) : new BlockCabinet(file, table);
}

function usesLzx({ folders }: CabinetTable): boolean {
  if (folders.some(({ compression }) => compression === COMPRESSION.quantum || compression > COMPRESSION.lzx))
    throw new PackageError('it is packed in a way that is not known');
  return folders.some(({ compression }) => compression === COMPRESSION.lzx);
}

/** Little that unpacks to very much ends here, before it takes time and memory. */
function limited(file: PackageFile, size: number): PackageFile {
  return {
    format: file.format,
    close: async () => file.close(),
    async *pieces(member) {
      let total = 0;
      for await (const piece of file.pieces(member)) {
        total += piece.length;
        if (total > FREE_BYTES + MAX_RATIO * size)
          throw new PackageError(`${member} unpacks to more than ${MAX_RATIO} times its size`);
        yield piece;
      }
    },
  };
}
