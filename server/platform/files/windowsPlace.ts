import fs from 'node:fs';
import { join } from 'node:path';
import { systemErrorCode } from '../systemErrorCode.js';

/** What one file or folder is known by; numbers of JavaScript would round those of Windows. */
export interface FileNumbers {
  readonly dev: bigint;
  readonly ino: bigint;
  readonly nlink: bigint;
}

/** What the system is asked about names and opened files. */
export interface PlaceCalls {
  /** Of the name itself, not of what it may lead to. */
  readonly numbersOf: (path: string) => FileNumbers;
  readonly numbersOfOpen: (descriptor: number) => FileNumbers;
  /** The path that the system has for what a name leads to. */
  readonly finalPath: (path: string) => string;
}

/** This machine. */
export const realPlaces: PlaceCalls = {
  numbersOf: (path) => fs.lstatSync(path, { bigint: true }),
  numbersOfOpen: (descriptor) => fs.fstatSync(descriptor, { bigint: true }),
  finalPath: (path) => fs.realpathSync.native(path),
};

/** A path with links, short names and `\\\\?\\` resolved where something is there. */
export function realPlace(path: string): string {
  try {
    return fs.realpathSync.native(path);
  } catch {
    return path; // whoever uses it says so
  }
}

/**
 * True for the number of one volume. Some versions of Node.js (22.12 to 22.16, 24.0 and 24.1) give it otherwise than
 * all others, whole or none.
 */
export function isSameVolume(one: bigint, other: bigint): boolean {
  const [a, b] = [BigInt.asUintN(32, one), BigInt.asUintN(32, other)];
  return a === b || a === 0n || b === 0n;
}

/** True for the numbers of one and the same file. */
export function isSameFile(one: FileNumbers, other: FileNumbers): boolean {
  return one.ino === other.ino && isSameVolume(one.dev, other.dev);
}

/**
 * True where a folder lies where its names say. Node.js takes a junction to a volume (`\\?\Volume{…}`, GLOBALROOT)
 * and a mounted volume for ordinary folders: the path that the system itself has tells them.
 */
export function liesInside(root: string, names: readonly string[], places: PlaceCalls): boolean {
  if (names.length === 0) return true;
  const place = join(root, ...names);
  const plain = (path: string): string => path.replace(/[\\/]+$/, '').toLowerCase();
  const wanted = join(places.finalPath(root), ...names);
  return (
    plain(places.finalPath(place)) === plain(wanted) &&
    isSameVolume(places.numbersOf(root).dev, places.numbersOf(place).dev)
  );
}

/** What stands under the name of an opened file. */
type Standing = 'it' | 'another' | 'second name';

/**
 * Looks again once a file is open: the way to it can have been a link for just that moment. What was opened must be
 * what stands there now, and have no other name: nobody can give a file of another folder this one without.
 */
export function standingAt(place: string, descriptor: number, places: PlaceCalls): Standing {
  const named = numbersIfThere(place, places);
  const open = places.numbersOfOpen(descriptor);
  if (named === undefined || !isSameFile(named, open)) return 'another';
  return open.nlink > 1n ? 'second name' : 'it';
}

function numbersIfThere(place: string, { numbersOf }: PlaceCalls): FileNumbers | undefined {
  try {
    return numbersOf(place);
  } catch (caught) {
    // Gone meanwhile; Windows says EPERM of a file that goes once it is closed.
    if (['ENOENT', 'EPERM'].includes(systemErrorCode(caught))) return undefined;
    throw caught;
  }
}
