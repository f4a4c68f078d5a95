import path from 'node:path';
import type { SiteFolder } from '../site/SiteFolder.js';
import type { CarriedFiles } from '../store/SharedRows.js';
import { packagePlace, type PackagePlace } from '../transfer/packagePlace.js';

/** The site folder whose Transfer folder holds the files of requests. */
export type PackageFolder = Pick<SiteFolder, 'path' | 'files'>;

/** What a package consists of; the last is the package itself, without which there is none. */
const PARTS = ['contentList', 'sideCar', 'file'] as const satisfies readonly (keyof PackagePlace)[];
const PIECE = 1024 * 1024;

/** Puts the files of a request into the database, piece by piece. */
export async function givePackage(rows: CarriedFiles, site: PackageFolder, id: string): Promise<void> {
  const place = packagePlace(site, id);
  for (const part of PARTS) {
    if (!place.files.existsSync(place[part])) continue;
    const file = await place.files.openHandle(place[part], 'r');
    try {
      let piece = 0;
      for await (const bytes of file.createReadStream({
        highWaterMark: PIECE,
        autoClose: false,
      }) as AsyncIterable<Buffer>) {
        await rows.put({ id, part, piece }, bytes);
        piece += 1;
      }
    } finally {
      await file.close();
    }
  }
}

/** Puts the files of a request from the database into the Transfer folder. */
export async function takePackage(rows: CarriedFiles, site: PackageFolder, id: string): Promise<void> {
  const place = packagePlace(site, id);
  place.files.mkdirSync(path.dirname(place.file), { recursive: true, mode: 0o770 });
  for (const part of PARTS) {
    let bytes = await rows.get({ id, part, piece: 0 });
    if (bytes === undefined) continue;
    const file = await place.files.openHandle(place[part], 'w', 0o660);
    try {
      for (let piece = 1; bytes !== undefined; piece += 1) {
        await file.write(bytes);
        bytes = await rows.get({ id, part, piece });
      }
      await file.sync();
    } finally {
      await file.close();
    }
  }
}

/** The files of a request that others have by now. */
export function removePackage(site: PackageFolder, id: string): void {
  const place = packagePlace(site, id);
  for (const part of PARTS) place.files.rmSync(place[part], { force: true });
}
