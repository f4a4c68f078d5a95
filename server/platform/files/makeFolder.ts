import { constants } from 'node:fs';
import type { Stats } from 'node:fs';
import { dirname } from 'node:path';
import { systemErrorCode } from '../systemErrorCode.js';
import { isShared } from './fileTrust.js';
import type { Guard, HeldPlace } from './folderWalk.js';

/** The after-sync command as the account has set it that owns the file. */
export const VOUCHER = 'aftersync.json';

/** Files that one account vouches for by owning them: others read them, and can only put another one in the place. */
const VOUCHED: ReadonlySet<string> = new Set(['service.json', VOUCHER]);

/**
 * The mode of a file or folder of a site that is shared with a group: what is made in a folder belongs to its group,
 * whoever makes it.
 */
export function sharedMode(name: string, found: Pick<Stats, 'isDirectory'>): number {
  if (found.isDirectory()) return 0o2770;
  return VOUCHED.has(name) ? 0o640 : 0o660;
}

/** How a folder is made; `recursive`: with those above it, and nothing where it is there. */
interface Making {
  readonly mode?: number;
  readonly recursive?: boolean;
}

/** What is made in a folder that is shared belongs to its group, whoever makes it. */
const SHARED = 0o2770;

/** Makes a folder below a guarded one, one level after the other: none of them is a link. */
export function makeFolder(guard: Guard, path: string, making: Making = {}): void {
  try {
    guard.walk.at(path, (held) => make(guard, held, making));
  } catch (caught) {
    const code = systemErrorCode(caught);
    if (making.recursive !== true || (code !== 'ENOENT' && code !== 'EEXIST')) throw caught;
    if (code === 'EEXIST') {
      guard.walk.at(path, ({ place }) => refuseOther(guard, place, caught));
      return;
    }
    makeFolder(guard, dirname(path), making);
    guard.walk.at(path, (held) => make(guard, held, making));
  }
}

function refuseOther({ calls }: Guard, place: string, cause: unknown): void {
  if (!calls.lstatSync(place).isDirectory()) throw cause;
}

/** It belongs to who uses the folder: its owner where root made it, its group whatever the umask. */
function make({ calls, userId }: Guard, { place, root }: HeldPlace, { mode }: Making): void {
  calls.mkdirSync(place, { mode });
  const isForOwner = userId === 0 && root.uid !== 0;
  if (userId === undefined || !(isForOwner || isShared(root))) return;
  const descriptor = calls.openSync(place, constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW);
  try {
    const found = calls.fstatSync(descriptor);
    // Somebody else exchanged it meanwhile.
    if (found.uid !== userId) return;
    if (isForOwner || found.gid !== root.gid) calls.fchownSync(descriptor, isForOwner ? root.uid : found.uid, root.gid);
    if (isShared(root)) calls.fchmodSync(descriptor, SHARED);
  } finally {
    calls.closeSync(descriptor);
  }
}
