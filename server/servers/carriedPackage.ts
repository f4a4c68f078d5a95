import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { SyncError } from '../errors/SyncError.js';
import type { FolderFiles } from '../platform/files/folderFiles.js';
import type { SiteFolder } from '../site/SiteFolder.js';
import type { CarriedFiles } from '../store/SharedRows.js';
import { packagePlace, type PackagePlace } from '../transfer/packagePlace.js';

/** The site folder whose Transfer folder holds the files of requests. */
export type PackageFolder = Pick<SiteFolder, 'path' | 'files'>;

/** What a package consists of; the last is the package itself, without which there is none. */
const PARTS = ['contentList', 'sideCar', 'file'] as const satisfies readonly (keyof PackagePlace)[];
const PIECE = 1024 * 1024;

/** Files in the database, as the request or the answer that they belong to names them. */
export interface GivenPackage {
  /** Another one each time they are given: two servers that do the same request do not mix their pieces. */
  readonly attempt: string;
  /** In bytes. */
  readonly sizes: Readonly<Record<string, number>>;
}

/** Puts the files of a request into the database, piece by piece; undefined where there are none. */
export async function givePackage(
  rows: CarriedFiles,
  site: PackageFolder,
  id: string,
): Promise<GivenPackage | undefined> {
  const attempt = randomUUID();
  const sizes: Record<string, number> = {};
  const place = packagePlace(site, id);
  for (const part of PARTS) {
    if (!place.files.existsSync(place[part])) continue;
    const file = await place.files.openHandle(place[part], 'r');
    try {
      let piece = 0;
      let size = 0;
      for await (const bytes of file.createReadStream({
        highWaterMark: PIECE,
        autoClose: false,
      }) as AsyncIterable<Buffer>) {
        await rows.put({ id, part: `${part} ${attempt}`, piece }, bytes);
        piece += 1;
        size += bytes.length;
      }
      sizes[part] = size;
    } finally {
      await file.close();
    }
  }
  return sizes['file'] === undefined ? undefined : { attempt, sizes };
}

/**
 * Puts the files of a request from the database into the Transfer folder. @throws SyncError PackageInvalid where they
 * are not all there
 */
export async function takePackage(
  rows: CarriedFiles,
  site: PackageFolder,
  {
    id,
    given,
    shownPath,
  }: { readonly id: string; readonly given: GivenPackage | undefined; readonly shownPath: string },
): Promise<void> {
  if (given === undefined) throw notHandedOver(shownPath);
  const place = packagePlace(site, id);
  place.files.mkdirSync(path.dirname(place.file), { recursive: true, mode: 0o770 });
  for (const part of PARTS) {
    const size = given.sizes[part];
    if (size === undefined) continue;
    const name = `${part} ${given.attempt}`;
    const taken = await takeFile(place.files, place[part], async (piece) => rows.get({ id, part: name, piece }));
    if (taken === size) continue;
    removePackage(site, id);
    throw notHandedOver(shownPath);
  }
}

/** Gives how many bytes there were. */
async function takeFile(
  files: FolderFiles,
  target: string,
  get: (piece: number) => Promise<Uint8Array | undefined>,
): Promise<number> {
  const file = await files.openHandle(target, 'w', 0o660);
  let size = 0;
  try {
    for (let piece = 0, bytes = await get(0); bytes !== undefined; bytes = await get((piece += 1))) {
      await file.write(bytes);
      size += bytes.length;
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return size;
}

function notHandedOver(shownPath: string): SyncError {
  return new SyncError('PackageInvalid', {
    path: shownPath,
    reason: 'a server ended before it had handed the package over to the other one',
  });
}

/** The files of a request that others have by now. */
export function removePackage(site: PackageFolder, id: string): void {
  const place = packagePlace(site, id);
  for (const part of PARTS) place.files.rmSync(place[part], { force: true });
}
