import path from 'node:path';
import { reasonOf } from '../errors/SyncError.js';
import type { StoreFiles, StorePlace } from './StorePlace.js';
import { createFile, namesIn } from './fileCalls.js';

/** A file by which others see, without opening the database, which engine has it; it holds the id of the process. */
export function claimFile(generation: number): string {
  return `engine.${generation}`;
}

/** The generation a file name stands for, or undefined. */
export function parseClaimFile(name: string): number | undefined {
  const digits = /^engine\.(\d+)$/.exec(name)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

interface Claim {
  readonly place: StorePlace;
  readonly files: StoreFiles;
  readonly generation: number;
}

/** Puts the claim of this engine into the database folder; gives its path. @throws SyncError StoreWriteFailed */
export function writeClaim({ files, place, generation }: Claim): string {
  const file = path.join(place.database, claimFile(generation));
  files.closeSync(createFile(files, file, Buffer.from(`${process.pid}\n`)));
  return file;
}

/** Removes what `isLeft` names, and the claims of earlier engines. */
export function removeClaims(
  { files, place, generation }: Claim,
  report: (line: string) => void,
  isLeft: (name: string) => boolean = () => false,
): void {
  for (const name of namesIn(files, place.database)) {
    if (!isLeft(name) && (parseClaimFile(name) ?? generation) >= generation) continue;
    try {
      files.rmSync(path.join(place.database, name), { force: true });
    } catch (error) {
      report(`${name} of an earlier engine could not be removed: ${reasonOf(error)}.`);
    }
  }
}
