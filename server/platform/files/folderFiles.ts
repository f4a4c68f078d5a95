import { open as openPromised } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { sep } from 'node:path';
import { SyncError } from '../../errors/SyncError.js';
import { systemErrorCode } from '../systemErrorCode.js';
import { realFiles } from './FileCalls.js';
import type { FileCalls, OpenFlags } from './FileCalls.js';
import { isOutOfReach } from './fileTrust.js';
import { canWalkByDescriptors, descriptorWalk, exchanged, isSameFolder, lookedWalk } from './folderWalk.js';
import type { FolderIdentity, FolderWalk, Guard, WalkOptions } from './folderWalk.js';
import { makeFolder } from './makeFolder.js';
import { openHandleInside, openInside } from './openInside.js';
import { readOpen } from './readText.js';
import { removeInside } from './removeInside.js';
import { type PlaceCalls, realPlaces } from './windowsPlace.js';

/** The files of one folder. Paths are absolute and lie in it. */
export interface FolderFiles extends FileCalls {
  /** Opens as a handle of `node:fs/promises`, with the same care. */
  openHandle(path: string, flags: OpenFlags | number, mode?: number): Promise<FileHandle>;
}

/** What a test puts in place of the machine. */
export interface FolderFilesOptions {
  readonly calls?: FileCalls;
  readonly platform?: NodeJS.Platform;
  /** Undefined on Windows. */
  readonly userId?: number | undefined;
  /** Which folder is meant, whatever stands under its name by now. */
  readonly identity?: FolderIdentity | undefined;
  /** Where names lead on Windows. */
  readonly places?: PlaceCalls;
}

/**
 * The files of a folder. Where others can exchange what stands in it, or the folder itself, no link is followed, what
 * is opened is a file of this folder and of nothing else, and what is made is made again. A folder that only this
 * account and root reach is used as it is.
 */
export function folderFiles(root: string, options: FolderFilesOptions = {}): FolderFiles {
  const { calls = realFiles, platform = process.platform, userId = process.getuid?.(), places = realPlaces } = options;
  const found = calls.lstatSync(root);
  const identity = options.identity ?? found;
  if (!isSameFolder(found, identity)) throw exchanged(root);
  if (userId !== undefined && isOutOfReach(root, { calls, userId })) return asItIs(calls);
  const walk = walkOf({ calls, root, identity, ...(platform === 'win32' ? { places } : {}) }, platform);
  return guarded({ calls, walk, platform, userId });
}

/** Files by their full real paths: a link anywhere on the way is refused, also one that is put there meanwhile. */
export function linklessFiles(options: FolderFilesOptions = {}): FolderFiles {
  const { calls = realFiles, platform = process.platform, userId = process.getuid?.() } = options;
  const walk = walkOf({ calls, root: sep, identity: calls.lstatSync(sep) }, platform);
  return guarded({ calls, walk, platform, userId });
}

function asItIs(calls: FileCalls): FolderFiles {
  return { ...calls, openHandle: async (path, flags, mode) => openPromised(path, flags, mode) };
}

/** Files anywhere, with no more care than the system's: what the caller names, and what belongs to the system. */
export const plainFiles: FolderFiles = asItIs(realFiles);

function walkOf(options: WalkOptions, platform: NodeJS.Platform): FolderWalk {
  if (canWalkByDescriptors(options.calls, platform)) return descriptorWalk(options);
  if (platform !== 'linux') return lookedWalk(options);
  throw new SyncError('SiteFolderNotTrusted', {
    path: options.root,
    reason: 'others may write there, and without /proc it cannot be used safely',
  });
}

function guarded(guard: Guard): FolderFiles {
  const { calls, walk } = guard;
  const at = walk.at;
  return {
    ...calls,
    openSync: (path, flags, mode) => openInside(guard, path, { flags, mode }),
    openHandle: async (path, flags, mode) => openHandleInside(guard, path, { flags, mode }),
    accessSync: (path, mode) => at(path, ({ place }) => calls.accessSync(place, mode)),
    existsSync: (path) => exists(() => at(path, ({ place }) => calls.lstatSync(place))),
    lstatSync: (path) => at(path, ({ place }) => calls.lstatSync(place)),
    mkdirSync: (path, made) => makeFolder(guard, path, made),
    readFileSync: (path) => readClosing(calls, openInside(guard, path, { flags: 'r' })),
    readdirSync: (path) => at(path, ({ place }) => calls.readdirSync(place)),
    renameSync: (from, to) => at(from, (source) => at(to, (target) => calls.renameSync(source.place, target.place))),
    rmSync: (path, how) => at(path, ({ place }) => removeInside(guard, place, how)),
    statfsSync: (path) => at(path, ({ place }) => calls.statfsSync(place)),
    rmdirSync: (path) => at(path, ({ place }) => calls.rmdirSync(place)),
    unlinkSync: (path) => at(path, ({ place }) => calls.unlinkSync(place)),
  };
}

function exists(look: () => unknown): boolean {
  try {
    look();
    return true;
  } catch (caught) {
    if (['ENOENT', 'ENOTDIR'].includes(systemErrorCode(caught))) return false;
    throw caught;
  }
}

function readClosing(calls: FileCalls, descriptor: number): Buffer {
  try {
    return readOpen(calls, descriptor);
  } finally {
    calls.closeSync(descriptor);
  }
}
