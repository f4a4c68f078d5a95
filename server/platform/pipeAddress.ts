import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { SyncError } from '../errors/SyncError.js';

/** Longer socket paths are cut silently by the system (104 bytes on macOS, 108 on Linux). */
const LONGEST_SOCKET_PATH = 100;

/** What the place of the sockets depends on. */
interface SocketFolderOptions {
  /** Real path of the site folder: two names of one site must meet. */
  readonly sitePath: string;
  readonly runtimeFolder: string | undefined;
  readonly temporaryFolder: string;
  readonly userId: number;
}

/** The pipe of a site on Windows. */
export function windowsPipe(pipeName: string): string {
  return `\\\\.\\pipe\\${pipeName}`;
}

/** The name of a pipe without the place where Windows keeps pipes. */
export function pipeNameOf(address: string): string {
  return address.slice(windowsPipe('').length);
}

/** The folder of the sockets of a site elsewhere: short and private. */
export function socketFolder(options: SocketFolderOptions): string {
  const hash = createHash('sha256').update(options.sitePath).digest('hex').slice(0, 12);
  const base =
    options.runtimeFolder === undefined || options.runtimeFolder === ''
      ? options.temporaryFolder
      : options.runtimeFolder;
  const folder = join(base, `cms-${options.userId}-${hash}`);
  const longest = Buffer.byteLength(socketPath(folder, 999_999_999));
  if (longest >= LONGEST_SOCKET_PATH) {
    throw new SyncError('EngineStartFailed', {
      site: options.sitePath,
      reason: `the socket path below ${base} would have ${longest} bytes; set TMPDIR to a shorter folder`,
    });
  }
  return folder;
}

/** The socket of one generation of the engine. */
export function socketPath(folder: string, generation: number): string {
  return join(folder, `e.${generation}.sock`);
}

/** The generation in the name of a socket file, or undefined for any other file. */
export function generationOfSocket(name: string): number | undefined {
  const digits = /^e\.(\d{1,9})\.sock$/.exec(name)?.[1];
  return digits === undefined ? undefined : Number(digits);
}
