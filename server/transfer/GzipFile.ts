import type { FileHandle } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { reasonOf } from '../errors/SyncError.js';
import type { FolderFiles } from '../platform/files/folderFiles.js';
import { METADATA_ELEMENT, ROOT_END } from './gzipForm.js';
import { MetadataText } from './MetadataText.js';
import { PackageError } from './PackageError.js';
import type { PackageFile, PackageMember } from './PackageFile.js';

const PIECE_BYTES = 256 * 1024;

/** An export as `.xml.gz` (gzipForm.ts): unpacked front to back, for each member anew. */
export class GzipFile implements PackageFile {
  readonly format = 'Gzip';
  readonly #files: Pick<FolderFiles, 'openHandle'>;
  readonly #path: string;

  constructor(files: Pick<FolderFiles, 'openHandle'>, path: string) {
    this.#files = files;
    this.#path = path;
  }

  async *pieces(member: PackageMember): AsyncGenerator<Buffer, void, undefined> {
    const text = unpacked(await this.#files.openHandle(this.#path, 'r'));
    yield* member === 'package.xml' ? untilMetadata(text) : metadataOf(text);
  }

  async close(): Promise<void> {
    return Promise.resolve();
  }
}

async function* unpacked(handle: FileHandle): AsyncGenerator<Buffer, void, undefined> {
  const file = handle.createReadStream({ highWaterMark: PIECE_BYTES });
  const text = createGunzip({ chunkSize: PIECE_BYTES });
  file.on('error', (error) => text.destroy(error));
  try {
    for await (const piece of file.pipe(text)) yield piece as Buffer;
  } catch (error) {
    if (error instanceof Error && 'syscall' in error) throw error;
    throw new PackageError(`it cannot be unpacked: ${reasonOf(error)}`, { cause: error });
  } finally {
    file.destroy();
    text.destroy();
  }
}

/** package.xml: all that stands before the Metadata element, closed. */
async function* untilMetadata(text: AsyncGenerator<Buffer, void, undefined>): AsyncGenerator<Buffer, void, undefined> {
  let kept: Buffer = Buffer.alloc(0);
  for await (const piece of text) {
    const bytes = kept.length === 0 ? piece : Buffer.concat([kept, piece]);
    const at = bytes.indexOf(METADATA_ELEMENT.start);
    if (at >= 0) {
      yield bytes.subarray(0, at);
      yield ROOT_END;
      return;
    }
    const sure = Math.max(0, bytes.length - METADATA_ELEMENT.start.length + 1);
    kept = Buffer.from(bytes.subarray(sure));
    if (sure > 0) yield bytes.subarray(0, sure);
  }
  throw new PackageError('it has no Metadata element: another form of .xml.gz than ConfigMgrSync writes is not known');
}

async function* metadataOf(text: AsyncGenerator<Buffer, void, undefined>): AsyncGenerator<Buffer, void, undefined> {
  const metadata = new MetadataText();
  for await (const piece of text) {
    const decoded = metadata.add(piece);
    if (decoded.length > 0) yield decoded;
  }
  metadata.end();
}
