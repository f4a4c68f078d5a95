import { reasonOf, SyncError } from '../errors/SyncError.js';
import { CabinetError } from '../metadata/CabinetError.js';
import { identityKey, type UpdateIdentity } from '../metadata/UpdateIdentity.js';
import { type FolderFiles, plainFiles } from '../platform/files/folderFiles.js';
import { identityInside } from './identityInside.js';
import { openPackageFile } from './openPackageFile.js';
import { PackageError } from './PackageError.js';
import type { PackageFile } from './PackageFile.js';
import { PackageRecords } from './PackageRecords.js';
import { readPackageManifest } from './readPackageManifest.js';
import type { PackageDocument, PackageManifest, PackageUpdate, WsusPackage } from './WsusPackage.js';

const MAX_MANIFEST_BYTES = 256 * 1024 * 1024;

/** How messages name a package, and the folder's files it is one of; without them it is one that the caller names. */
export interface PackageOptions {
  readonly shownPath?: string;
  readonly files?: Pick<FolderFiles, 'openHandle'>;
}

/**
 * Opens an export, a cabinet of wsusutil or the gzip form, and reads its package.xml; the documents follow as they are
 * asked for.
 * @throws SyncError PackageInvalid naming the file and the reason
 */
export async function openWsusPackage(path: string, options: PackageOptions = {}): Promise<WsusPackage> {
  const { shownPath = path, files = plainFiles } = options;
  let file: PackageFile | undefined;
  try {
    file = await openPackageFile(files, path);
    const opened = file;
    const manifest = await readPackageManifest(await wholeManifest(file));
    return {
      ...manifest,
      format: file.format,
      documents: () => naming(shownPath, documentsOf(opened, manifest)),
      close: async () => opened.close(),
    };
  } catch (error) {
    await file?.close();
    throw named(error, shownPath);
  }
}

async function wholeManifest(file: PackageFile): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let total = 0;
  for await (const piece of file.pieces('package.xml')) {
    total += piece.length;
    if (total > MAX_MANIFEST_BYTES) throw new PackageError(`package.xml is larger than ${MAX_MANIFEST_BYTES} bytes`);
    pieces.push(Buffer.from(piece));
  }
  return Buffer.concat(pieces, total);
}

async function* documentsOf(
  file: PackageFile,
  manifest: PackageManifest,
): AsyncGenerator<PackageDocument, void, undefined> {
  const records = new PackageRecords();
  const seen = new Set<PackageUpdate>();
  for await (const piece of file.pieces('metadata.txt')) {
    for (const document of records.add(piece)) {
      yield { ...document, identity: checked(document, manifest, seen) };
    }
  }
  records.end();
  for (const [key, update] of manifest.updates) {
    if (!seen.has(update)) throw new PackageError(`metadata.txt has no record for ${key}`);
  }
}

/** Gives the identity as the manifest has it, so that whoever keeps it keeps no copy. */
function checked(document: PackageDocument, { updates }: PackageManifest, seen: Set<PackageUpdate>): UpdateIdentity {
  const key = identityKey(document.identity);
  const update = updates.get(key);
  if (update === undefined)
    throw new PackageError(`metadata.txt has a record for ${key}, which package.xml does not list`);
  if (seen.has(update)) throw new PackageError(`metadata.txt has two records for ${key}`);
  seen.add(update);
  const inside = identityInside(document.xml);
  if (inside !== undefined && identityKey(inside) !== key)
    throw new PackageError(`the record for ${key} holds the document of ${identityKey(inside)}`);
  return update.identity;
}

async function* naming(
  path: string,
  documents: AsyncGenerator<PackageDocument, void, undefined>,
): AsyncGenerator<PackageDocument, void, undefined> {
  try {
    yield* documents;
  } catch (error) {
    throw named(error, path);
  }
}

function named(error: unknown, path: string): unknown {
  if (error instanceof PackageError || error instanceof CabinetError || isFileError(error)) {
    return new SyncError('PackageInvalid', { path, reason: reasonOf(error) }, { cause: error });
  }
  return error;
}

function isFileError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error;
}
