import { createConnection, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { reasonOf } from '../errors/SyncError.js';
import { systemErrorCode } from '../platform/systemErrorCode.js';

/** Codes that mean: nobody listens there, or whoever did died just now. */
const NOBODY: ReadonlySet<string> = new Set(['ECONNREFUSED', 'ENOENT', 'ENOTSOCK', 'ECONNRESET', 'EPIPE']);

/** Connects to a pipe or socket; undefined when nobody listens. */
export function connectSocket(address: string): Promise<Socket | undefined> {
  return new Promise((resolve, reject) => {
    const socket = createConnection(address);
    const failed = (caught: Error): void => {
      if (NOBODY.has(systemErrorCode(caught))) resolve(undefined);
      else reject(caught);
    };
    socket.once('error', failed);
    socket.once('connect', () => {
      socket.off('error', failed);
      resolve(socket);
    });
  });
}

/** Listens on a pipe or socket; on Windows for this account and administrators. */
export function listen(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ path }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

/** What came of it. */
export type EarlierPipe =
  | { readonly server: Server }
  // An engine has the site by that name.
  | { readonly isTaken: true }
  // Why sessions of before find nobody.
  | { readonly server?: undefined; readonly remark: string };

/** Where an engine of version 0.1 would listen, and how it is known. */
interface EarlierPlace {
  readonly address: string;
  /** True once the record of the site says that an engine that lives listens there. */
  readonly isOfEngine: () => boolean;
  readonly pause?: (milliseconds: number) => Promise<unknown>;
}

/** An engine of version 0.1 writes its record right after it listens. */
const LOOKS = 10;
const PAUSE_MS = 100;

/**
 * Listens on Windows under the one name of the pipe that sessions of version 0.1 know, and that was the lock of its
 * engines: such a session is answered and starts no engine of its own beside this one. Where a stranger has the name,
 * which everybody could read, only those sessions go without.
 */
export async function openEarlierPipe(place: EarlierPlace): Promise<EarlierPipe> {
  const { address, isOfEngine, pause = delay } = place;
  const server = createServer();
  try {
    await listen(server, address);
    return { server };
  } catch (caught) {
    for (let look = 0; look < LOOKS && !isOfEngine(); look += 1) await pause(PAUSE_MS);
    return isOfEngine() ? { isTaken: true } : { remark: remarkOf(address, reasonOf(caught)) };
  }
}

function remarkOf(address: string, reason: string): string {
  return (
    `Sessions of version 0.1 do not find this engine: the pipe ${address}, which they look for, could not be opened ` +
    `(${reason}). Another program has it, or the engine of a copy of the site. ` +
    'Close those sessions and update their module.'
  );
}
