import { constants } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { CatalogExportRequest, CatalogImportRequest, CatalogInspectRequest } from '../contract/generated/types.js';
import { reasonOf, SyncError } from '../errors/SyncError.js';
import { type FolderFiles, plainFiles } from '../platform/files/folderFiles.js';
import { removeAfterFailure, renameWithRetry } from '../platform/files/heldFiles.js';
import { systemErrorCode } from '../platform/systemErrorCode.js';
import { SITE_FILES, type SiteFolder } from '../site/SiteFolder.js';
import { CONTENT_LIST, packageFormat, packagePlace, type PackagePlace } from '../transfer/packagePlace.js';
import { SIDE_CAR } from '../transfer/sideCar.js';
import type { EngineClient, RequestOptions } from './EngineClient.js';

const COPY_BYTES = 1024 * 1024;

/** A file and the files of its folder: what a caller names is used with no more care than the caller's own rights. */
interface CarriedFile {
  readonly files: FolderFiles;
  readonly path: string;
}

const named = (file: string): CarriedFile => ({ files: plainFiles, path: file });

/**
 * Brings a package, and its side-car where there is one, into the site folder for the engine, which may be another
 * account that sees
 * neither the files nor the drives of whoever asks.
 * @throws SyncError PackageInvalid, PackageWriteFailed
 */
async function bringPackage(site: SiteFolder, requestId: string, source: string): Promise<PackagePlace> {
  const place = packagePlace(site, requestId);
  await readable(source);
  try {
    // An earlier version has made none.
    place.files.mkdirSync(path.join(site.path, SITE_FILES.transfer), { recursive: true, mode: 0o770 });
    await copyInPlace(named(source), { files: place.files, path: place.file });
    if (plainFiles.existsSync(`${source}${SIDE_CAR}`))
      await copyInPlace(named(`${source}${SIDE_CAR}`), { files: place.files, path: place.sideCar });
  } catch (error) {
    removeFrom(place);
    throw new SyncError('PackageWriteFailed', { path: place.file, reason: reasonOf(error) }, { cause: error });
  }
  return place;
}

/**
 * Refuses before anything is done what could not be put there afterwards. @throws SyncError PackageExists,
 * PackageWriteFailed
 */
function checkTarget(target: string, force: boolean): void {
  if (!force && plainFiles.existsSync(target)) throw new SyncError('PackageExists', { path: target });
  try {
    plainFiles.accessSync(path.dirname(target), constants.W_OK);
  } catch (error) {
    throw new SyncError('PackageWriteFailed', { path: target, reason: reasonOf(error) }, { cause: error });
  }
}

/**
 * Takes what the engine has written to where it is wanted: each file appears as a whole, the package last. @throws
 * SyncError PackageWriteFailed
 */
async function takePackageTo(place: PackagePlace, target: string): Promise<void> {
  try {
    const from = (file: string): CarriedFile => ({ files: place.files, path: file });
    if (place.files.existsSync(place.contentList))
      await copyInPlace(from(place.contentList), named(`${target}${CONTENT_LIST}`));
    await copyInPlace(from(place.sideCar), named(`${target}${SIDE_CAR}`));
    await copyInPlace(from(place.file), named(target));
  } catch (error) {
    throw new SyncError('PackageWriteFailed', { path: target, reason: reasonOf(error) }, { cause: error });
  } finally {
    removeFrom(place);
  }
}

/** Leaves nothing behind; what belongs to another account its engine removes a day later. */
function removeFrom({ files, ...place }: PackagePlace): void {
  for (const file of [place.file, place.sideCar, place.contentList]) {
    try {
      files.rmSync(file, { force: true });
    } catch (error) {
      if (!['EACCES', 'EPERM', 'EBUSY'].includes(systemErrorCode(error))) throw error;
    }
  }
}

/** Durable before it gets its name; its permissions are those of a new file of this account. */
async function copyInPlace(source: CarriedFile, target: CarriedFile): Promise<void> {
  const temporary = `${target.path}.${process.pid}.tmp`;
  try {
    // Anew: in a folder of everybody's a link may stand under a name that can be guessed.
    target.files.rmSync(temporary, { force: true });
    const to = await target.files.openHandle(temporary, 'wx', target.files === plainFiles ? 0o666 : 0o660);
    const from = await source.files.openHandle(source.path, 'r');
    await pipeline(from.createReadStream({ highWaterMark: COPY_BYTES }), to.createWriteStream({ flush: true }));
    await renameWithRetry(temporary, target.path, { rename: (old, name) => target.files.renameSync(old, name) });
  } catch (error) {
    removeAfterFailure(target.files, temporary);
    throw error;
  }
}

async function readable(source: string): Promise<void> {
  try {
    const file = await plainFiles.openHandle(source, 'r');
    const isFile = (await file.stat()).isFile();
    await file.close();
    if (!isFile) throw new SyncError('PackageInvalid', { path: source, reason: 'it is not a file' });
  } catch (error) {
    if (error instanceof SyncError) throw error;
    throw new SyncError('PackageInvalid', { path: source, reason: reasonOf(error) }, { cause: error });
  }
}

/** After these nobody knows whether the engine goes on with the package. */
const UNKNOWN_END: ReadonlySet<string> = new Set(['EngineUnreachable', 'EngineHung']);

/**
 * Sends a request about a package. The files are read and written here, as whoever asks; between here and the engine
 * they go through
 * the Transfer folder of the site. Neither an error nor a cancelled request leaves anything there or at the target.
 */
export async function forwardPackage(
  client: EngineClient,
  request: { method: string; params: object },
  options: RequestOptions,
): Promise<unknown> {
  const params = checked(request.method, request.params);
  if (request.method === 'catalog/export') return exportPackage(client, params, options);
  await client.verify();
  const place = await bringPackage(client.site, params.requestId, params.path);
  try {
    const answer = await client.forward(request.method, params, options);
    if (request.method === 'catalog/inspect') removeFrom(place);
    return answer;
  } catch (error) {
    if (!(error instanceof SyncError) || !UNKNOWN_END.has(error.errorId)) removeFrom(place);
    throw error;
  }
}

async function exportPackage(
  client: EngineClient,
  params: CatalogExportRequest,
  options: RequestOptions,
): Promise<unknown> {
  packageFormat(params.path);
  checkTarget(params.path, params.force === true);
  const answer = await client.forward('catalog/export', params, options);
  await takePackageTo(packagePlace(client.site, params.requestId), params.path);
  return answer;
}

/** The engine validates the rest; these two are used before it sees them. */
function checked(method: string, params: object): CatalogInspectRequest | CatalogImportRequest | CatalogExportRequest {
  const { requestId, path } = params as Partial<CatalogInspectRequest>;
  if (
    typeof requestId === 'string' &&
    /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(requestId) &&
    typeof path === 'string' &&
    path !== ''
  )
    return { ...params, requestId, path };
  throw new SyncError('InvalidRequest', { method, reason: `The request ${method} has no requestId or no path` });
}
