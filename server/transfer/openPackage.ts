import type { FileHandle } from 'node:fs/promises';
import { reasonOf, SyncError } from '../errors/SyncError.js';
import { CabinetError } from '../cabinet/header.js';
import { identityKey } from '../metadata/UpdateIdentity.js';
import type { UpdateIdentity } from '../metadata/UpdateIdentity.js';
import { plainFiles } from '../platform/files/folderFiles.js';
import type { FolderFiles } from '../platform/files/folderFiles.js';
import { BlockCabinet } from './BlockCabinet.js';
import { LzxCabinet } from './LzxCabinet.js';
import { COMPRESSION, readCabinetTable, TABLE_BYTES } from './cabinetTable.js';
import type { CabinetTable } from './cabinetTable.js';
import { foreignPackage } from './foreignPackage.js';
import { GzipFile } from './gzip.js';
import { PackageError } from './package.js';
import type { PackageDocument, PackageFile, PackageManifest, PackageUpdate, WsusPackage } from './package.js';
import { readPackageManifest } from './packageManifest.js';
import { PackageRecords } from './records.js';

/**
 * A file that unpacks to more than so many times its size, beyond the first megabytes, is not a catalogue: real ones
 * come to 25.
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
    throw new PackageError('its compression is not known');
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

const SEARCHED_BYTES = 16 * 1024;
const ELEMENT = /<(?:[\w.-]+:)?UpdateIdentity\s[^>]*>/;
const UPDATE_ID = /\sUpdateID\s*=\s*["']([^"']*)["']/;
const REVISION = /\sRevisionNumber\s*=\s*["'](\d+)["']/;

/** The identity written inside a document, found without parsing it; undefined when it is not near its start. */
function identityInside(xml: Uint8Array): UpdateIdentity | undefined {
  const start = Buffer.from(xml.buffer, xml.byteOffset, Math.min(xml.length, SEARCHED_BYTES)).toString('latin1');
  const element = ELEMENT.exec(start)?.[0] ?? '';
  const updateId = UPDATE_ID.exec(element)?.[1];
  const revision = REVISION.exec(element)?.[1];
  if (updateId === undefined || revision === undefined) return undefined;
  return { updateId: updateId.toLowerCase(), revisionNumber: Number(revision) };
}

const MAX_MANIFEST_BYTES = 256 * 1024 * 1024;

/** How messages name a package, and the folder's files it is one of; without them it is one that the caller names. */
interface PackageOptions {
  readonly shownPath?: string;
  readonly files?: Pick<FolderFiles, 'openHandle'>;
}

/**
 * Opens an export, a cabinet of wsusutil or the gzip form, and reads its package.xml; the documents follow as they are
 * asked for.
 * @throws SyncError PackageForeign, PackageInvalid naming the file and the reason
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
    throw await foreignOr(named(error, shownPath), { files, path, shownPath });
  }
}

/** One that people take for an export is told by its name. */
async function foreignOr(
  error: unknown,
  { files, path, shownPath }: Required<PackageOptions> & { readonly path: string },
): Promise<unknown> {
  // What stopped the first look at the file is told, not what stops this one.
  const what = await foreignPackage(files, path).catch(() => undefined);
  return what === undefined ? error : new SyncError('PackageForeign', { path: shownPath, what }, { cause: error });
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
