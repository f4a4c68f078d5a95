import { constants } from 'node:fs';
import { join } from 'node:path';
import { systemErrorCode } from '../systemErrorCode.js';
import type { Guard } from './folderWalk.js';

/** Removes a file, a link or (`recursive`) a folder with all that is in it, without going through a link. */
export function removeInside(
  guard: Guard,
  place: string,
  how: { readonly force?: boolean; readonly recursive?: boolean } = {},
): void {
  const { calls } = guard;
  try {
    if (how.recursive === true && calls.lstatSync(place).isDirectory()) removeFolder(guard, place);
    else calls.unlinkSync(place);
  } catch (caught) {
    if (how.force !== true || systemErrorCode(caught) !== 'ENOENT') throw caught;
  }
}

function removeFolder(guard: Guard, place: string): void {
  const { calls, platform } = guard;
  if (platform === 'linux') {
    const descriptor = calls.openSync(place, constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW);
    try {
      removeAllIn(guard, `/proc/self/fd/${descriptor}`);
    } finally {
      calls.closeSync(descriptor);
    }
  } else {
    guard.walk.refuseAway?.(place);
    removeAllIn(guard, place);
  }
  calls.rmdirSync(place);
}

function removeAllIn(guard: Guard, folder: string): void {
  for (const name of guard.calls.readdirSync(folder))
    removeInside(guard, join(folder, name), { recursive: true, force: true });
}
