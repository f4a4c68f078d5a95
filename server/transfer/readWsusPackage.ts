import { reasonOf, SyncError } from '../errors/SyncError.js';
import { CabinetError } from '../metadata/CabinetError.js';
import { identityKey } from '../metadata/UpdateIdentity.js';
import { identityInside } from './identityInside.js';
import { PackageArchive } from './PackageArchive.js';
import { PackageError } from './PackageError.js';
import { PackageRecords } from './PackageRecords.js';
import { readPackageManifest } from './readPackageManifest.js';
import type { PackageDocument, PackageManifest, WsusPackage } from './WsusPackage.js';

const MANIFEST = 'package.xml';
const METADATA = 'metadata.txt';
const MAX_MANIFEST_BYTES = 256 * 1024 * 1024;

/**
 * Opens the cabinet of a `wsusutil export` and reads its package.xml; the documents follow as they are asked for.
 * @throws SyncError PackageInvalid naming the file and the reason
 */
export async function openWsusPackage(path: string): Promise<WsusPackage> {
  try {
    const archive = await PackageArchive.load(path);
    const manifest = readPackageManifest(wholeManifest(archive));
    return { ...manifest, documents: () => naming(path, documentsOf(archive, manifest)) };
  } catch (error) {
    throw named(error, path);
  }
}

function wholeManifest(archive: PackageArchive): Buffer {
  const pieces: Buffer[] = [];
  let total = 0;
  for (const piece of archive.pieces(MANIFEST)) {
    total += piece.length;
    if (total > MAX_MANIFEST_BYTES) throw new PackageError(`${MANIFEST} is larger than ${MAX_MANIFEST_BYTES} bytes`);
    pieces.push(Buffer.from(piece));
  }
  return Buffer.concat(pieces, total);
}

function* documentsOf(archive: PackageArchive, manifest: PackageManifest): Generator<PackageDocument, void, undefined> {
  const records = new PackageRecords();
  const seen = new Set<string>();
  for (const piece of archive.pieces(METADATA)) {
    for (const document of records.add(piece)) {
      check(document, manifest, seen);
      yield document;
    }
  }
  records.end();
  for (const key of manifest.updates.keys()) {
    if (!seen.has(key)) throw new PackageError(`metadata.txt has no record for ${key}`);
  }
}

function check(document: PackageDocument, manifest: PackageManifest, seen: Set<string>): void {
  const key = identityKey(document.identity);
  if (!manifest.updates.has(key)) throw new PackageError(`metadata.txt has a record for ${key}, which package.xml does not list`);
  if (seen.has(key)) throw new PackageError(`metadata.txt has two records for ${key}`);
  seen.add(key);
  const inside = identityInside(document.xml);
  if (inside !== undefined && identityKey(inside) !== key) throw new PackageError(`the record for ${key} holds the document of ${identityKey(inside)}`);
}

function* naming(path: string, documents: Iterable<PackageDocument>): Generator<PackageDocument, void, undefined> {
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
