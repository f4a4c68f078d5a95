import { open as openPromised, type FileHandle } from 'node:fs/promises';
import { SyncError } from '../../errors/SyncError.js';
import { systemErrorCode } from '../systemErrorCode.js';
import { type FileCalls, type OpenFlags, realFiles } from './FileCalls.js';
import { isOutOfReach } from './fileTrust.js';
import {
  canWalkByDescriptors,
  descriptorWalk,
  type FolderWalk,
  type Guard,
  lookedWalk,
  type WalkOptions,
} from './folderWalk.js';
import { openHandleInside, openInside } from './openInside.js';
import { removeInside } from './removeInside.js';

/** The files of one folder. Paths are absolute and lie in it. */
export interface FolderFiles extends FileCalls {
  /** Opens as a handle of `node:fs/promises`, with the same care. */
  openHandle(path: string, flags: OpenFlags, mode?: number): Promise<FileHandle>;
}

/** What a test puts in place of the machine. */
export interface FolderFilesOptions {
  readonly calls?: FileCalls;
  readonly platform?: NodeJS.Platform;
  /** Undefined on Windows. */
  readonly userId?: number | undefined;
}

/**
 * The files of a folder. Where others can exchange what stands in it, or the folder itself, no link is followed, what
 * is opened is a file of this folder and of nothing else, and what is made is made anew. A folder that only this
 * account and root reach is used as it is.
 */
export function folderFiles(root: string, options: FolderFilesOptions = {}): FolderFiles {
  const { calls = realFiles, platform = process.platform, userId = process.getuid?.() } = options;
  if (userId !== undefined && isOutOfReach(root, { calls, userId })) return asItIs(calls);
  const walk = walkOf({ calls, root, identity: calls.lstatSync(root) }, platform);
  return guarded({ calls, walk, platform, userId });
}

function asItIs(calls: FileCalls): FolderFiles {
  return { ...calls, openHandle: async (path, flags, mode) => openPromised(path, flags, mode) };
}

function walkOf(options: WalkOptions, platform: NodeJS.Platform): FolderWalk {
  if (canWalkByDescriptors(options.calls, platform)) return descriptorWalk(options);
  if (platform !== 'linux') return lookedWalk(options);
  throw new SyncError('SiteFolderNotTrusted', {
    path: options.root,
    reason: 'others may write there, and without /proc there is no safe way to use it',
  });
}

function guarded(guard: Guard): FolderFiles {
  const { calls, walk } = guard;
  const at = walk.at;
  return {
    ...calls,
    openSync: (path, flags, mode) => openInside(guard, path, { flags, mode }),
    openHandle: async (path, flags, mode) => openHandleInside(guard, path, { flags, mode }),
    existsSync: (path) => exists(() => at(path, ({ place }) => calls.lstatSync(place))),
    lstatSync: (path) => at(path, ({ place }) => calls.lstatSync(place)),
    mkdirSync: (path, made) => at(path, ({ place }) => calls.mkdirSync(place, made)),
    readFileSync: (path) => readWhole(calls, openInside(guard, path, { flags: 'r' })),
    readdirSync: (path) => at(path, ({ place }) => calls.readdirSync(place)),
    renameSync: (from, to) => at(from, (source) => at(to, (target) => calls.renameSync(source.place, target.place))),
    rmSync: (path, how) => at(path, ({ place }) => removeInside(guard, place, how)),
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

const PIECE = 4096;

/** Reads an open file to its end and closes it. */
function readWhole(calls: FileCalls, descriptor: number): Buffer {
  try {
    const pieces: Buffer[] = [];
    for (;;) {
      const size = pieces.length === 0 ? calls.fstatSync(descriptor).size : 0;
      const piece = Buffer.allocUnsafe(Math.max(PIECE, size));
      const read = calls.readSync(descriptor, piece, 0, piece.length, null);
      if (read === 0) return Buffer.concat(pieces);
      pieces.push(piece.subarray(0, read));
    }
  } finally {
    calls.closeSync(descriptor);
  }
}
