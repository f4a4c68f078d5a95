import { createHash } from 'node:crypto';
import type { SiteContext } from '../state/SiteContext.js';
import { SyncError } from '../errors/SyncError.js';
import { removeAfterFailure, renameWithRetry } from '../platform/files/heldFiles.js';
import { turn } from '../platform/inTurns.js';
import { replaceFile } from '../platform/replaceFile.js';
import type { IdRange } from '../store/StoreInspection.js';
import { CabinetWriter, MAX_CABINET_BYTES } from './CabinetWriter.js';
import { ManifestSpool } from './ManifestSpool.js';
import type { ManifestRules } from './ManifestSpool.js';
import { describeExport } from './exportRange.js';
import type { ExportDescription } from './exportRange.js';
import { orderedRevisions, storedRevisions } from './exportedRevisions.js';
import { GzipWriter } from './gzip.js';
import { ROOT_END } from './package.js';
import type { PackageWriter } from './package.js';
import type { PackagePlace } from './packagePlace.js';
import { PieceBuffer } from './PieceBuffer.js';
import { packageXmlStart } from './packageXml.js';
import { packageRecord } from './records.js';
import { hashFile, writeSideCar } from './sideCar.js';
import type { PackageHashes } from './sideCar.js';

/** What is exported, and where to. `shownPath` is how messages name it. */
interface ExportOrder {
  readonly range: IdRange;
  readonly place: PackagePlace;
  readonly shownPath: string;
  readonly format: 'Cabinet' | 'Gzip';
  readonly hasContentList: boolean;
  readonly signal: AbortSignal;
  /** Counts documents; each is read twice. */
  readonly onProgress: (activity: string, done: number, total: number) => void;
}

/** What was written. */
export interface ExportedCatalogue {
  readonly description: ExportDescription;
  readonly hashes: PackageHashes;
  readonly configuration: number;
  readonly updates: number;
  readonly files: number;
}

interface Passes extends ExportOrder {
  readonly context: SiteContext;
  readonly ids: readonly number[];
  readonly spool: ManifestSpool;
  readonly description: ExportDescription;
}

/**
 * Writes the package, its side-car and, when it is wanted, the list of content files into the place; all of them or
 * none.
 * Two passes over the documents: what package.xml says of all of them stands before the first.
 * @throws SyncError Cancelled, PackageTooLarge, StoreCorrupt
 */
export async function exportCatalogue(context: SiteContext, order: ExportOrder): Promise<ExportedCatalogue> {
  const description = await describeExport(context, order.range);
  const ids = await orderedRevisions(context.database, order.range);
  const spool = await ManifestSpool.create(order.place, {
    rules: await manifestRules(context),
    hasContentList: order.hasContentList,
  });
  const passes: Passes = { ...order, context, ids, spool, description };
  let isDone = false;
  try {
    await listDocuments(passes);
    const hashes = await writePackage(passes);
    isDone = true;
    return { description, hashes, configuration: spool.configuration, updates: spool.updates, files: spool.fileCount };
  } finally {
    await spool.remove(isDone);
    if (!isDone) removePlace(order.place);
  }
}

/** Removes whatever lies at a place. */
export function removePlace({ files, file, sideCar, contentList }: PackagePlace): void {
  for (const path of [file, temporaryOf(file), sideCar, contentList]) removeAfterFailure(files, path);
}

async function manifestRules({ database }: SiteContext): Promise<ManifestRules> {
  const classifications = (await database.categoryDocuments()).filter(
    ({ categoryType }) => categoryType === 'UpdateClassification',
  );
  return { classifications: new Set(classifications.map(({ updateId }) => updateId)) };
}

async function listDocuments({ context, ids, spool, signal, onProgress }: Passes): Promise<void> {
  let done = 0;
  for await (const stored of storedRevisions(context, ids, signal)) {
    await spool.add(stored);
    done += 1;
    if (done % 100 === 0) onProgress('Listing updates', done, ids.length);
  }
}

async function writePackage(passes: Passes): Promise<PackageHashes> {
  const { place, context, description, ids } = passes;
  refuseTooLarge(passes);
  const temporary = temporaryOf(place.file);
  const writer = await writerFor(passes, temporary);
  const members = await writeMembers(passes, writer).catch(async (error: unknown) => {
    await writer.abandon();
    throw error;
  });
  const file = await hashFile(place.files, temporary);
  const { serverId, creationTime } = description.header;
  const { siteCode, serverName } = description.package;
  const hashes: PackageHashes = {
    version: 1,
    siteCode,
    serverName,
    serverId,
    creationTime,
    documents: ids.length,
    ...file,
    ...members,
  };
  await replaceFile(place.sideCar, writeSideCar(hashes, await context.packageKey()), {
    files: place.files,
    mode: 0o660,
  });
  await renameWithRetry(temporary, place.file, { rename: (from, to) => place.files.renameSync(from, to) });
  return hashes;
}

function refuseTooLarge({ format, spool, shownPath }: Passes): void {
  const bytes = spool.files.bytes + spool.listed.bytes + spool.metadataBytes;
  if (format === 'Cabinet' && bytes > MAX_CABINET_BYTES)
    throw new SyncError('PackageTooLarge', { path: shownPath, bytes: MAX_CABINET_BYTES });
}

async function writerFor({ format, shownPath, place }: Passes, path: string): Promise<PackageWriter> {
  const { files } = place;
  files.rmSync(path, { force: true });
  return format === 'Gzip' ? GzipWriter.create(files, path) : CabinetWriter.create(path, { files, shownPath });
}

async function writeMembers(
  passes: Passes,
  writer: PackageWriter,
): Promise<Pick<PackageHashes, 'packageXmlSha256' | 'metadataSha256'>> {
  const { context, ids, signal, onProgress } = passes;
  const manifest = createHash('sha256');
  const metadata = createHash('sha256');
  const records = new PieceBuffer(async (piece) => {
    metadata.update(piece);
    await writer.write(piece);
  });
  await writer.begin('package.xml');
  for await (const piece of manifestPieces(passes)) {
    manifest.update(piece);
    await writer.write(piece);
  }
  await writer.begin('metadata.txt');
  let done = 0;
  for await (const { revision, xml } of storedRevisions(context, ids, signal)) {
    for (const piece of packageRecord(revision, xml)) await records.add(piece);
    await turn();
    done += 1;
    if (done % 100 === 0 || done === ids.length) onProgress('Exporting updates', done, ids.length);
  }
  await records.flush();
  await writer.finish();
  return { packageXmlSha256: manifest.update(ROOT_END).digest('hex'), metadataSha256: metadata.digest('hex') };
}

async function* manifestPieces({ spool, description }: Passes): AsyncGenerator<Buffer, void, undefined> {
  yield Buffer.from(packageXmlStart(description.header, description.languages, description.package));
  for (const [name, part] of [
    ['Files', spool.files],
    ['Updates', spool.listed],
  ] as const) {
    if (part.bytes === 0) {
      yield Buffer.from(`<${name} />`);
      continue;
    }
    yield Buffer.from(`<${name}>`);
    yield* part.pieces();
    yield Buffer.from(`</${name}>`);
  }
}

function temporaryOf(file: string): string {
  return `${file}.tmp`;
}
