import { reasonOf, SyncError } from '../../errors/SyncError.js';
import { readText } from '../../platform/files/readText.js';
import { systemErrorCode } from '../../platform/systemErrorCode.js';
import { hashFile } from '../../transfer/hashFile.js';
import { PackageError } from '../../transfer/PackageError.js';
import { fingerprintOf } from '../../transfer/packageKey.js';
import { MAX_SIDE_CAR_BYTES, readSideCar, type PackageHashes } from '../../transfer/PackageSideCar.js';
import type { PackagePlace } from '../../transfer/packagePlace.js';

/** Who signed a package, as far as that can be known without trusting anybody; undefined parts: it has no side-car. */
export interface PackageSignature {
  readonly size: number;
  readonly sha256: string;
  readonly publicKey: string | undefined;
  readonly fingerprint: string;
  readonly manifest: PackageHashes | undefined;
}

/**
 * Hashes the file and holds it against its side-car. @throws SyncError PackageInvalid when the two do not belong
 * together
 */
export async function readSignature(place: PackagePlace, shownPath: string): Promise<PackageSignature> {
  try {
    const file = await hashFile(place.files, place.file);
    const text = sideCarText(place);
    if (text === undefined) return { ...file, publicKey: undefined, fingerprint: '', manifest: undefined };
    const { manifest, publicKey } = readSideCar(text);
    if (manifest.size !== file.size || manifest.sha256 !== file.sha256)
      throw new PackageError('it is not the file that its .manifest.json is of: it was damaged or changed on the way');
    return { ...file, publicKey, fingerprint: fingerprintOf(publicKey), manifest };
  } catch (error) {
    if (error instanceof PackageError || systemErrorCode(error) !== '')
      throw new SyncError('PackageInvalid', { path: shownPath, reason: reasonOf(error) }, { cause: error });
    throw error;
  }
}

function sideCarText({ files, sideCar }: PackagePlace): string | undefined {
  try {
    if (files.lstatSync(sideCar).size > MAX_SIDE_CAR_BYTES) throw new PackageError('its .manifest.json file is none');
    return readText(files, sideCar);
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
