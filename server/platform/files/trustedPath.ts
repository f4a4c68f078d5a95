import { basename, dirname, join, resolve, sep } from 'node:path';
import { SyncError } from '../../errors/SyncError.js';
import { systemErrorCode } from '../systemErrorCode.js';
import { type FileCalls, realFiles } from './FileCalls.js';
import { isSafePlace } from './fileTrust.js';
import { type FolderFiles, linklessFiles, plainFiles } from './folderFiles.js';

/** A place that somebody named, and the files to make something there with. */
export interface TrustedPath {
  readonly path: string;
  readonly files: FolderFiles;
}

const ROOT = 0;
/** As many as the system follows. */
const MOST_LINKS = 40;

/**
 * The way to a place outside of any site, its last name as it is given. Where root makes something, other accounts may
 * own a part of the way: links are followed as far as only root can change them, and from there on nobody can lead
 * root elsewhere. Everybody else goes as the system does.
 * @throws SyncError SiteFolderNotTrusted
 */
export function trustedPath(path: string, userId: number | undefined, calls: FileCalls = realFiles): TrustedPath {
  if (userId !== ROOT) return { path, files: plainFiles };
  const whole = resolve(path);
  return { path: join(rootWay(dirname(whole), calls), basename(whole)), files: linklessFiles({ calls }) };
}

/** The path with the links resolved that root has made where only root can. */
function rootWay(path: string, calls: FileCalls): string {
  let at: string = sep;
  let todo = namesOf(path);
  for (let links = 0; todo.length > 0;) {
    const [name = '', ...rest] = todo;
    const part = join(at, name);
    const to = linkAt(part, calls);
    [at, todo] = to === undefined ? [part, rest] : [sep, [...namesOf(resolve(dirname(part), to)), ...rest]];
    if (to !== undefined && (links += 1) > MOST_LINKS)
      throw new SyncError('SiteFolderNotTrusted', { path, reason: 'links in its path form a loop' });
  }
  return at;
}

/** Where a link leads; undefined for what is none. */
function linkAt(part: string, calls: FileCalls): string | undefined {
  const found = lookAt(part, calls);
  if (found?.isSymbolicLink() !== true) return undefined;
  if (found.uid === ROOT && isSafePlace(dirname(part), { calls, userId: ROOT })) return calls.readlinkSync(part);
  const reason = `${part} on the way to it is a link that another account could change`;
  throw new SyncError('SiteFolderNotTrusted', { path: part, reason });
}

function lookAt(part: string, calls: FileCalls): ReturnType<FileCalls['lstatSync']> | undefined {
  try {
    return calls.lstatSync(part);
  } catch (caught) {
    if (['ENOENT', 'ENOTDIR'].includes(systemErrorCode(caught))) return undefined;
    throw caught;
  }
}

function namesOf(path: string): string[] {
  return path.split(sep).filter((name) => name !== '');
}
