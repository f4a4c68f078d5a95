import path from 'node:path';
import { namesIn, readAll, reading } from '../fileCalls.js';
import type { StoreFiles } from '../StoreFiles.js';
import { sealFolders, type StorePlace } from '../StorePlace.js';
import { decodeSeal, laterSeal, SEAL_SLOT, type StoreSeal } from './StoreSeal.js';

/** Where the seal stands that is synced, and the one that every transaction renews without waiting for the disk. */
export const SEAL_SLOTS = { settled: 0, running: 4096 } as const;
/** Bytes of a whole file. */
export const SEAL_FILE = SEAL_SLOTS.running + SEAL_SLOT;

/** A copy of the seal belongs to one engine: another one that is paused can write only to its own. */
export function sealFile(generation: number): string {
  return `seal.${generation}`;
}

/** The generation a file name stands for, or undefined. */
export function parseSealFile(file: string): number | undefined {
  const digits = /^seal\.(\d+)$/.exec(file)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** Every copy of the seal that there is, whole or not. */
export function sealFilesOf(files: StoreFiles, place: StorePlace): string[] {
  return sealFolders(place).flatMap((folder) =>
    namesIn(files, folder)
      .filter((name) => parseSealFile(name) !== undefined)
      .map((name) => path.join(folder, name)),
  );
}

/** The latest seal of one copy; undefined where none can be read. @throws SyncError StoreReadFailed */
export function readSealFile(files: StoreFiles, file: string): StoreSeal | undefined {
  return reading(file, () => {
    const descriptor = files.openSync(file, 'r');
    try {
      const slots = Object.values(SEAL_SLOTS).map((position) => {
        const bytes = Buffer.alloc(SEAL_SLOT);
        readAll(files, descriptor, { bytes, position });
        return decodeSeal(bytes);
      });
      return slots.reduce(laterSeal);
    } finally {
      files.closeSync(descriptor);
    }
  });
}
