import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { SyncError } from '../../errors/SyncError.js';
import { systemErrorCode } from '../systemErrorCode.js';
import type { OpenFlags } from './FileCalls.js';
import { type FolderOwner, isShared, reasonAgainstFile } from './fileTrust.js';
import { type Guard, type HeldPlace, isLink, isSameFolder } from './folderWalk.js';

/** How a file is opened. */
interface Opening {
  readonly flags: OpenFlags | number;
  readonly mode?: number | undefined;
}

const { O_APPEND, O_CREAT, O_EXCL, O_NOFOLLOW, O_NONBLOCK, O_RDONLY, O_RDWR, O_TRUNC, O_WRONLY } = constants;

const FLAGS: Readonly<Record<OpenFlags, number>> = {
  r: O_RDONLY,
  'r+': O_RDWR,
  w: O_WRONLY | O_CREAT | O_TRUNC,
  wx: O_WRONLY | O_CREAT | O_EXCL,
  'wx+': O_RDWR | O_CREAT | O_EXCL,
  a: O_WRONLY | O_CREAT | O_APPEND,
  ax: O_WRONLY | O_CREAT | O_APPEND | O_EXCL,
};

/** More rounds than a file can come and go between two calls by chance. */
const ROUNDS = 10;

/** Opens a file below a guarded folder. @throws SyncError SiteFolderNotTrusted, and errors of the system */
export function openInside(guard: Guard, path: string, { flags, mode = 0o666 }: Opening): number {
  const wanted = typeof flags === 'number' ? flags : FLAGS[flags];
  for (let round = 1; round <= ROUNDS; round += 1) {
    const descriptor = guard.walk.at(path, (held) => openAt(guard, held, { path, wanted, mode }));
    if (descriptor !== undefined && keeps(guard, path, { descriptor, wanted })) return descriptor;
  }
  throw new SyncError('SiteFolderNotTrusted', { path, reason: 'other programs keep replacing it' });
}

/** Undefined where a file has come and gone between two calls. */
function openAt(
  guard: Guard,
  held: HeldPlace,
  { path, wanted, mode }: Wanted & { readonly mode: number },
): number | undefined {
  if ((wanted & O_CREAT) === 0) return openExisting(guard, held, { path, wanted });
  const made = create(guard, held, { path, wanted, mode });
  if (made !== undefined) return made;
  try {
    return openExisting(guard, held, { path, wanted });
  } catch (caught) {
    if (systemErrorCode(caught) !== 'ENOENT') throw caught;
    return undefined;
  }
}

/** Cuts a file last, because one that must not be used is not changed either. False, and closed, where it is not it. */
function keeps(guard: Guard, path: string, file: { readonly descriptor: number; readonly wanted: number }): boolean {
  const { calls, walk } = guard;
  let isKept = false;
  try {
    isKept = walk.isStill?.(path, file.descriptor) ?? true;
    if (isKept && (file.wanted & O_TRUNC) !== 0) calls.ftruncateSync(file.descriptor, 0);
    return isKept;
  } finally {
    if (!isKept) calls.closeSync(file.descriptor);
  }
}

/** The same as a handle. */
export async function openHandleInside(guard: Guard, path: string, opening: Opening): Promise<FileHandle> {
  const { calls, platform } = guard;
  const wanted = typeof opening.flags === 'number' ? opening.flags : FLAGS[opening.flags];
  const descriptor = openInside(guard, path, opening);
  try {
    // The file is there, checked and cut; on Linux the descriptor is a name for it that nobody can exchange.
    const place = platform === 'linux' ? `/proc/self/fd/${descriptor}` : path;
    const handle = await open(place, wanted & ~(O_CREAT | O_EXCL | O_TRUNC));
    if (isSameFile(guard, descriptor, handle.fd)) return handle;
    await handle.close();
    throw isLink(path);
  } finally {
    calls.closeSync(descriptor);
  }
}

function isSameFile({ calls, walk }: Guard, one: number, other: number): boolean {
  return walk.isSame?.(one, other) ?? isSameFolder(calls.fstatSync(one), calls.fstatSync(other));
}

interface Wanted {
  readonly path: string;
  readonly wanted: number;
}

/** Undefined where something stands there already and may. */
function create(guard: Guard, held: HeldPlace, file: Wanted & { readonly mode: number }): number | undefined {
  const { calls } = guard;
  try {
    const flags = (file.wanted & ~O_TRUNC) | O_EXCL | O_NOFOLLOW;
    const descriptor = calls.openSync(held.place, flags, file.mode);
    adopt(guard, descriptor, { root: held.root, mode: file.mode });
    return descriptor;
  } catch (caught) {
    if (systemErrorCode(caught) !== 'EEXIST' || (file.wanted & O_EXCL) !== 0) throw caught;
    return undefined;
  }
}

/** What is made belongs to who uses the folder: its owner where root made it, its group whatever the umask. */
function adopt({ calls, userId }: Guard, descriptor: number, file: { root: FolderOwner; mode: number }): void {
  if (userId === undefined) return;
  const { root, mode } = file;
  if (userId === 0 && root.uid !== 0) calls.fchownSync(descriptor, root.uid, root.gid);
  if (isShared(root)) calls.fchmodSync(descriptor, mode);
}

function openExisting(guard: Guard, held: HeldPlace, { path, wanted }: Wanted): number {
  const { calls } = guard;
  // Windows has no O_NOFOLLOW.
  if (guard.platform !== 'linux' && calls.lstatSync(held.place).isSymbolicLink()) throw isLink(path);
  const descriptor = openOrRefuse(guard, held, { path, wanted });
  const access = (wanted & (O_WRONLY | O_RDWR)) === 0 ? 'read' : 'write';
  const reason = reasonAgainstFile(calls.fstatSync(descriptor), held.root, access);
  if (reason !== undefined) {
    calls.closeSync(descriptor);
    throw new SyncError('SiteFolderNotTrusted', { path, reason });
  }
  return descriptor;
}

function openOrRefuse({ calls }: Guard, { place }: HeldPlace, { path, wanted }: Wanted): number {
  try {
    // A pipe in the way must not make this process wait.
    return calls.openSync(place, (wanted & ~(O_CREAT | O_EXCL | O_TRUNC)) | O_NOFOLLOW | O_NONBLOCK);
  } catch (caught) {
    if (systemErrorCode(caught) === 'ELOOP') throw isLink(path);
    throw caught;
  }
}
