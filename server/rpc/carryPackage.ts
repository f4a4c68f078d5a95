import { constants, createReadStream, createWriteStream } from 'node:fs';
import { access, chmod, mkdir, open, rm } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { reasonOf, SyncError } from '../errors/SyncError.js';
import { renameWithRetry } from '../platform/replaceFile.js';
import { systemErrorCode } from '../platform/systemErrorCode.js';
import { siteFiles, type SiteFolder } from '../site/SiteFolder.js';
import { CONTENT_LIST, packagePlace, type PackagePlace } from '../transfer/packagePlace.js';
import { SIDE_CAR } from '../transfer/PackageSideCar.js';

const COPY_BYTES = 1024 * 1024;

/** The Transfer folder of a site, made where an earlier version has not. */
async function transferFolder(site: SiteFolder): Promise<void> {
  const folder = path.join(site.path, siteFiles.transfer);
  const made = await mkdir(folder, { recursive: true });
  if (made !== undefined) await chmod(folder, site.operators.length > 0 ? 0o2770 : 0o700);
}

/**
 * Brings a package, and its side-car where there is one, into the site folder for the engine, which may be another
 * account that sees
 * neither the files nor the drives of whoever asks.
 * @throws SyncError PackageInvalid, PackageWriteFailed
 */
export async function bringPackage(site: SiteFolder, requestId: string, source: string): Promise<PackagePlace> {
  const place = packagePlace(site.path, requestId);
  await readable(source);
  try {
    await transferFolder(site);
    await copyInPlace(source, place.file);
    if (await exists(`${source}${SIDE_CAR}`)) await copyInPlace(`${source}${SIDE_CAR}`, place.sideCar);
  } catch (error) {
    await removeFrom(place);
    throw new SyncError('PackageWriteFailed', { path: place.file, reason: reasonOf(error) }, { cause: error });
  }
  return place;
}

/**
 * Refuses before anything is done what could not be put there afterwards. @throws SyncError PackageExists,
 * PackageWriteFailed
 */
export async function checkTarget(target: string, force: boolean): Promise<void> {
  if (!force && (await exists(target))) throw new SyncError('PackageExists', { path: target });
  try {
    await access(path.dirname(target), constants.W_OK);
  } catch (error) {
    throw new SyncError('PackageWriteFailed', { path: target, reason: reasonOf(error) }, { cause: error });
  }
}

/**
 * Takes what the engine has written to where it is wanted: each file appears as a whole, the package last. @throws
 * SyncError PackageWriteFailed
 */
export async function takePackageTo(place: PackagePlace, target: string): Promise<void> {
  try {
    if (await exists(place.contentList)) await copyInPlace(place.contentList, `${target}${CONTENT_LIST}`);
    await copyInPlace(place.sideCar, `${target}${SIDE_CAR}`);
    await copyInPlace(place.file, target);
  } catch (error) {
    throw new SyncError('PackageWriteFailed', { path: target, reason: reasonOf(error) }, { cause: error });
  } finally {
    await removeFrom(place);
  }
}

/** Leaves nothing behind; what belongs to another account its engine removes a day later. */
export async function removeFrom(place: PackagePlace): Promise<void> {
  for (const file of [place.file, place.sideCar, place.contentList]) {
    await rm(file, { force: true }).catch((error: unknown) => {
      if (!['EACCES', 'EPERM', 'EBUSY'].includes(systemErrorCode(error))) throw error;
    });
  }
}

/** Durable before it gets its name; its permissions are those of a new file of this account. */
async function copyInPlace(source: string, target: string): Promise<void> {
  const temporary = `${target}.${process.pid}.tmp`;
  try {
    await pipeline(
      createReadStream(source, { highWaterMark: COPY_BYTES }),
      createWriteStream(temporary, { mode: 0o666, flush: true }),
    );
    await renameWithRetry(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

async function readable(source: string): Promise<void> {
  try {
    const file = await open(source, 'r');
    const isFile = (await file.stat()).isFile();
    await file.close();
    if (!isFile) throw new SyncError('PackageInvalid', { path: source, reason: 'it is no file' });
  } catch (error) {
    if (error instanceof SyncError) throw error;
    throw new SyncError('PackageInvalid', { path: source, reason: reasonOf(error) }, { cause: error });
  }
}

async function exists(file: string): Promise<boolean> {
  try {
    await access(file);
    return true;
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return false;
    throw error;
  }
}
