import { delimiter, isAbsolute, join } from 'node:path';
import { type FileCalls, realFiles } from './files/FileCalls.js';
import { isSafePlace } from './files/fileTrust.js';

/** Who reads the environment. `userId` is undefined on Windows. */
interface EnvironmentReader {
  readonly userId: number | undefined;
  readonly calls?: FileCalls;
}

/** Where the programs of the system lie, whatever PATH says. */
const SYSTEM_FOLDERS = ['/usr/bin', '/bin', '/usr/sbin', '/sbin'];

/**
 * The folders of PATH that programs are looked for in. Root takes only those that nobody else can change: the variable
 * may be that of a user who became root.
 */
export function programFolders(path: string | undefined, reader: EnvironmentReader): readonly string[] {
  const folders = (path ?? '').split(delimiter).filter((folder) => folder !== '');
  if (!isRoot(reader)) return folders;
  const { calls = realFiles } = reader;
  // Where everybody may make a file a program is not looked for, though no file there can be exchanged.
  const isKept = (folder: string): boolean =>
    isTrusted(folder, reader) && (calls.lstatSync(calls.realpathSync(folder)).mode & 0o022) === 0;
  return [...folders.filter(isKept), ...SYSTEM_FOLDERS];
}

/** The full path of a program of the system; its bare name where it is in no folder, so that the system says so. */
export function programPath(name: string, env: NodeJS.ProcessEnv, reader: EnvironmentReader): string {
  const { calls = realFiles } = reader;
  return (
    programFolders(env['PATH'], reader)
      .map((folder) => join(folder, name))
      .find((file) => calls.existsSync(file)) ?? name
  );
}

/** A folder that a variable names, unless root would have it from somebody else. */
export function namedFolder(folder: string | undefined, reader: EnvironmentReader): string | undefined {
  if (folder === undefined || folder === '') return undefined;
  return !isRoot(reader) || isTrusted(folder, reader) ? folder : undefined;
}

function isRoot({ userId }: EnvironmentReader): boolean {
  return userId === 0;
}

function isTrusted(folder: string, { calls = realFiles }: EnvironmentReader): boolean {
  return (
    isAbsolute(folder) && calls.existsSync(folder) && isSafePlace(calls.realpathSync(folder), { calls, userId: 0 })
  );
}
