import { createHash } from 'node:crypto';
import type { FolderFiles } from '../platform/files/folderFiles.js';
import { PackageError } from './package.js';
import { isSignedBy } from './packageKey.js';
import type { PackageKey } from '../state/SiteContext.js';

/** What is signed of a package: sizes in bytes, SHA-256 in hexadecimal. */
export interface PackageHashes {
  readonly version: 1;
  readonly siteCode: string;
  readonly serverName: string;
  readonly serverId: string;
  readonly creationTime: string;
  readonly documents: number;
  readonly size: number;
  readonly sha256: string;
  readonly packageXmlSha256: string;
  readonly metadataSha256: string;
}

/** `<package>.manifest.json`, beside the package because wsusutil might not take a further member. */
interface PackageSideCar {
  readonly manifest: PackageHashes;
  /** SubjectPublicKeyInfo of an Ed25519 key, base64. */
  readonly publicKey: string;
  /** Of the manifest's JSON without spaces, base64. */
  readonly signature: string;
}

/** What the name of a package's side-car adds to the package's. */
export const SIDE_CAR = '.manifest.json';
/** A side-car is not larger. */
export const MAX_SIDE_CAR_BYTES = 64 * 1024;

/** The text of a side-car. */
export function writeSideCar(manifest: PackageHashes, key: PackageKey): string {
  const sideCar: PackageSideCar = { manifest, publicKey: key.publicKey, signature: key.sign(JSON.stringify(manifest)) };
  return `${JSON.stringify(sideCar, null, 2)}\n`;
}

/** Reads a side-car and checks that its own key has signed it. @throws PackageError */
export function readSideCar(text: string): PackageSideCar {
  const read = parsed(text);
  if (!isSideCar(read)) throw new PackageError(`its ${SIDE_CAR} file is not valid`);
  if (!isSignedBy(read.publicKey, JSON.stringify(read.manifest), read.signature))
    throw new PackageError(`the signature in its ${SIDE_CAR} file does not match: one of the two files was changed`);
  return read;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new PackageError(`its ${SIDE_CAR} file is not JSON`, { cause: error });
  }
}

function isSideCar(value: unknown): value is PackageSideCar {
  if (typeof value !== 'object' || value === null) return false;
  const { manifest, publicKey, signature } = value as Partial<Record<keyof PackageSideCar, unknown>>;
  if (
    typeof manifest !== 'object' ||
    manifest === null ||
    typeof publicKey !== 'string' ||
    typeof signature !== 'string'
  )
    return false;
  const { version, size, sha256 } = manifest as Partial<Record<keyof PackageHashes, unknown>>;
  return version === 1 && typeof size === 'number' && typeof sha256 === 'string';
}

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
