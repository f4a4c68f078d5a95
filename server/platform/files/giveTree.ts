import { constants, type Stats } from 'node:fs';
import { join } from 'node:path';
import { reasonOf, SyncError } from '../../errors/SyncError.js';
import { type FileCalls, realFiles } from './FileCalls.js';
import { isOutOfReach } from './fileTrust.js';
import { canWalkByDescriptors, exchanged, type FolderIdentity, isSameFolder } from './folderWalk.js';

/** Whose a folder shall be, with all that is in it. */
interface TreeOwner {
  /** Each file and folder keeps its own where this is undefined. */
  readonly userId: number | undefined;
  readonly groupId: number;
  /** The mode of a file or folder, by its path below the folder ('' for itself) and what it was; as it is without. */
  readonly modeOf?: (name: string, before: Stats) => number;
  /** True for a file that must not become the new owner's: it goes. */
  readonly drops?: (name: string, before: Stats) => boolean;
}

/** Which folder is meant, whatever stands under its name by now; and what a test puts in place of the machine. */
interface GiveTreeOptions {
  readonly identity?: FolderIdentity | undefined;
  readonly calls?: FileCalls;
  readonly platform?: NodeJS.Platform;
  readonly userId?: number;
}

const { O_DIRECTORY, O_NOFOLLOW, O_NONBLOCK, O_RDONLY } = constants;

/** For nobody but the process that gives. */
const LOCKED = 0o700;

/**
 * Gives a folder with all that is in it to an account. First every folder is taken for this process alone, from the top
 * down: whoever holds one open can then neither put a link in the way nor take a second name of a file away. Then all
 * is looked at, and only then the owners change; where something does not belong there nothing has changed.
 * @throws SyncError SiteFolderNotTrusted, SiteFolderNotWritable
 */
export function giveTree(folder: string, owner: TreeOwner, options: GiveTreeOptions = {}): void {
  const { calls = realFiles, platform = process.platform, userId = process.geteuid?.() ?? 0 } = options;
  const byDescriptors = canWalkByDescriptors(calls, platform);
  if (!byDescriptors && !isOutOfReach(folder, { calls, userId }))
    throw new SyncError('SiteFolderNotTrusted', {
      path: folder,
      reason: 'others may write there, and this system has no safe way to give it to another account',
    });
  const root = calls.openSync(folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
  try {
    if (options.identity !== undefined && !isSameFolder(calls.fstatSync(root), options.identity))
      throw exchanged(folder);
    const base = byDescriptors ? `/proc/self/fd/${root}` : folder;
    new Gift({ folder, base, root, owner, calls, userId }).give();
  } finally {
    calls.closeSync(root);
  }
}

/**
 * What a mode keeps where nothing else is said. A program that takes over the rights of its owner would be one with the
 * rights of the new owner, and whoever has it open could start it.
 */
function keptMode(found: Stats): number {
  return found.mode & (found.isDirectory() ? 0o2777 : 0o777);
}

interface GiftParts {
  /** How messages name it. */
  readonly folder: string;
  /** The path it is reached by. */
  readonly base: string;
  readonly root: number;
  readonly owner: TreeOwner;
  readonly calls: FileCalls;
  readonly userId: number;
}

class Gift {
  readonly #parts: GiftParts;
  /** The folders that were taken, by their path below, the top first; as they were before. */
  readonly #taken = new Map<string, Stats>();

  constructor(parts: GiftParts) {
    this.#parts = parts;
  }

  give(): void {
    try {
      this.#take('');
      this.#change('');
    } catch (caught) {
      this.#putBack();
      if (caught instanceof SyncError) throw caught;
      const data = { path: this.#parts.folder, reason: reasonOf(caught) };
      throw new SyncError('SiteFolderNotWritable', data, { cause: caught });
    }
  }

  /** What is above a folder was taken before: no part of the path to it can change. */
  #take(name: string): void {
    const { calls, userId } = this.#parts;
    this.#opened(name, O_DIRECTORY, (descriptor) => {
      const before = calls.fstatSync(descriptor);
      this.#taken.set(name, before);
      if (before.uid !== userId) calls.fchownSync(descriptor, userId, before.gid);
      calls.fchmodSync(descriptor, LOCKED);
    });
    for (const { below, isFolder } of this.#entries(name)) {
      if (isFolder) this.#take(below);
      else this.#check(below);
    }
  }

  #check(name: string): void {
    const found = this.#parts.calls.lstatSync(this.#placeOf(name));
    const path = join(this.#parts.folder, name);
    if (!found.isFile())
      throw new SyncError('SiteFolderNotTrusted', { path, reason: 'a site folder holds only files and folders' });
    if (found.nlink > 1)
      throw new SyncError('SiteFolderNotTrusted', { path, reason: 'the file has a second hard link elsewhere' });
  }

  /** From the bottom up: a folder is the new owner's when all in it is. */
  #change(name: string): void {
    for (const { below, isFolder } of this.#entries(name)) {
      if (isFolder) this.#change(below);
      else if (!this.#dropped(below)) this.#opened(below, O_NONBLOCK, (file) => this.#changeOne(below, file));
    }
    this.#opened(name, O_DIRECTORY, (descriptor) => this.#changeOne(name, descriptor));
  }

  #dropped(name: string): boolean {
    const { calls, owner } = this.#parts;
    if (owner.drops?.(name, calls.lstatSync(this.#placeOf(name))) !== true) return false;
    calls.unlinkSync(this.#placeOf(name));
    return true;
  }

  #changeOne(name: string, descriptor: number): void {
    const { calls, owner } = this.#parts;
    const now = calls.fstatSync(descriptor);
    const before = this.#taken.get(name) ?? now;
    const userId = owner.userId ?? before.uid;
    if (now.uid !== userId || now.gid !== owner.groupId) calls.fchownSync(descriptor, userId, owner.groupId);
    // Afterwards, because changing the owner takes the set-group bit away.
    const mode = owner.modeOf?.(name, before) ?? keptMode(before);
    if (now !== before || (now.mode & 0o7777) !== mode) calls.fchmodSync(descriptor, mode);
  }

  /** From the bottom up too, so that nobody else is in before all is as it was. */
  #putBack(): void {
    const { calls } = this.#parts;
    for (const [name, before] of [...this.#taken].reverse())
      this.#opened(name, O_DIRECTORY, (descriptor) => {
        calls.fchownSync(descriptor, before.uid, before.gid);
        calls.fchmodSync(descriptor, before.mode & 0o7777);
      });
  }

  #entries(name: string): readonly { readonly below: string; readonly isFolder: boolean }[] {
    const { calls } = this.#parts;
    return calls.readdirSync(this.#placeOf(name)).map((entry) => {
      const below = join(name, entry);
      return { below, isFolder: calls.lstatSync(this.#placeOf(below)).isDirectory() };
    });
  }

  #opened(name: string, kind: number, work: (descriptor: number) => void): void {
    const { calls, root } = this.#parts;
    if (name === '') {
      work(root);
      return;
    }
    const descriptor = calls.openSync(this.#placeOf(name), O_RDONLY | O_NOFOLLOW | kind);
    try {
      work(descriptor);
    } finally {
      calls.closeSync(descriptor);
    }
  }

  #placeOf(name: string): string {
    return name === '' ? `${this.#parts.base}/.` : join(this.#parts.base, name);
  }
}
