import { constants, type Stats } from 'node:fs';
import { isAbsolute, join, relative, sep } from 'node:path';
import { SyncError } from '../../errors/SyncError.js';
import { systemErrorCode } from '../systemErrorCode.js';
import type { FileCalls } from './FileCalls.js';
import { isSameFile, liesInside, type PlaceCalls, standingAt } from './windowsPlace.js';

/** A path that leads where it is meant to for as long as it is held, and the folder of all as it is now. */
export interface HeldPlace {
  readonly place: string;
  readonly root: Stats;
}

/** The way from a folder to what lies below it. */
export interface FolderWalk {
  /** Calls an operation with a path for the one that is meant. */
  readonly at: <Result>(path: string, work: (held: HeldPlace) => Result) => Result;
  /** Refuses a folder that is not where it seems to be, before it is emptied. */
  readonly refuseAway?: (path: string) => void;
  /** Where files are opened by name: false where what was opened does not stand under its name. */
  readonly isStill?: (path: string, descriptor: number) => boolean;
  /** True for one and the same file, opened twice. */
  readonly isSame?: (one: number, other: number) => boolean;
}

/** What guarded calls are made with. `userId` is undefined on Windows. */
export interface Guard {
  readonly calls: FileCalls;
  readonly walk: FolderWalk;
  readonly platform: NodeJS.Platform;
  readonly userId: number | undefined;
}

/** Which folder it is, whatever its name. */
export type FolderIdentity = Pick<Stats, 'dev' | 'ino'>;

/** What a walk begins with: the folder is the one that was opened first, whatever stands under its name later. */
export interface WalkOptions {
  readonly calls: FileCalls;
  readonly root: string;
  readonly identity: FolderIdentity;
  /** On Windows. */
  readonly places?: PlaceCalls | undefined;
}

/** Only on Linux; a descriptor for names below it, without the right to read. */
const O_PATH = 0o10000000;
const FOLDER = O_PATH | constants.O_DIRECTORY | constants.O_NOFOLLOW;

/**
 * Goes down by descriptors: Node.js has no calls relative to a folder, but `/proc/self/fd/N/name` is one. No link is
 * followed, and nobody can put another folder between.
 */
export function descriptorWalk({ calls, root, identity }: WalkOptions): FolderWalk {
  const openRoot = (): { descriptor: number; found: Stats } => {
    const descriptor = calls.openSync(root, O_PATH | constants.O_DIRECTORY);
    const found = calls.fstatSync(descriptor);
    if (isSameFolder(found, identity)) return { descriptor, found };
    calls.closeSync(descriptor);
    throw exchanged(root);
  };
  return {
    at: (path, work) => {
      const names = namesBelow(root, path);
      const { descriptor, found } = openRoot();
      let last = descriptor;
      try {
        for (const [index, name] of names.slice(0, -1).entries()) {
          const next = openFolder(calls, {
            place: placeOf(last, name),
            path: join(root, ...names.slice(0, index + 1)),
          });
          calls.closeSync(last);
          last = next;
        }
        return told(path, placeOf(last, names.at(-1) ?? '.'), (place) => work({ place, root: found }));
      } finally {
        calls.closeSync(last);
      }
    },
  };
}

/** True where folders can be walked by descriptors. */
export function canWalkByDescriptors(calls: Pick<FileCalls, 'existsSync'>, platform: NodeJS.Platform): boolean {
  return platform === 'linux' && calls.existsSync('/proc/self/fd');
}

/**
 * Looks at every folder on the way before it is used, and on Windows again once a file is open: what systems without
 * such descriptors allow. A junction of Windows counts as a link.
 */
export function lookedWalk(options: WalkOptions): FolderWalk {
  const { calls, root, identity, places } = options;
  const at: FolderWalk['at'] = (path, work) => {
    const found = calls.lstatSync(root);
    if (!isSameFolder(found, identity)) throw exchanged(root);
    // An empty folder can be made a junction, and is the same one then, by who had it open before he was shut out.
    if (found.isSymbolicLink()) throw isLink(root);
    const above = namesBelow(root, path).slice(0, -1);
    for (let count = 1; count <= above.length; count += 1) {
      const part = join(root, ...above.slice(0, count));
      if (calls.lstatSync(part).isSymbolicLink()) throw isLink(part);
    }
    if (places !== undefined && !liesInside(root, above, places)) throw isLink(join(root, ...above));
    return work({ place: path, root: found });
  };
  return places === undefined ? { at } : { at, ...lookedAgain(options, places, at) };
}

function lookedAgain({ root }: WalkOptions, places: PlaceCalls, at: FolderWalk['at']): Omit<FolderWalk, 'at'> {
  return {
    refuseAway: (path) => {
      if (!liesInside(root, namesBelow(root, path), places)) throw isLink(path);
    },
    isStill: (path, descriptor) => {
      const standing = at(path, ({ place }) => standingAt(place, descriptor, places));
      if (standing === 'second name') throw hasSecondName(path);
      return standing === 'it';
    },
    isSame: (one, other) => isSameFile(places.numbersOfOpen(one), places.numbersOfOpen(other)),
  };
}

/** The error for a file that could be one of another folder. */
export function hasSecondName(path: string): SyncError {
  return new SyncError('SiteFolderNotTrusted', { path, reason: 'the file has a second hard link elsewhere' });
}

/** The error for a link where a file or folder of the site should be. */
export function isLink(path: string): SyncError {
  return new SyncError('SiteFolderNotTrusted', { path, reason: 'it is a link that points elsewhere' });
}

function openFolder(calls: FileCalls, { place, path }: { place: string; path: string }): number {
  try {
    return calls.openSync(place, FOLDER);
  } catch (caught) {
    const isOtherKind = ['ENOTDIR', 'ELOOP'].includes(systemErrorCode(caught));
    if (isOtherKind && calls.lstatSync(place).isSymbolicLink()) throw isLink(path);
    throw caught;
  }
}

/** The error for a folder that was exchanged for another one. */
export function exchanged(root: string): SyncError {
  return new SyncError('SiteFolderNotTrusted', { path: root, reason: 'another folder stands in its place now' });
}

/** True for one and the same folder. */
export function isSameFolder(one: FolderIdentity, other: FolderIdentity): boolean {
  return one.dev === other.dev && one.ino === other.ino;
}

/** An error of the system names the path that was meant. */
function told<Result>(path: string, place: string, work: (place: string) => Result): Result {
  try {
    return work(place);
  } catch (caught) {
    if (caught instanceof Error && systemErrorCode(caught) !== '')
      Object.assign(caught, { message: caught.message.replaceAll(place, path), path });
    throw caught;
  }
}

function placeOf(descriptor: number, name: string): string {
  return `/proc/self/fd/${descriptor}/${name}`;
}

function namesBelow(root: string, path: string): readonly string[] {
  const below = relative(root, path);
  if (below === '') return [];
  if (isAbsolute(below) || below.split(sep).includes('..'))
    throw new SyncError('InternalError', { where: path, reason: `it does not lie in ${root}` });
  return below.split(sep);
}
