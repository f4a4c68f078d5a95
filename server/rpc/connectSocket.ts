import { createConnection, type Socket } from 'node:net';
import { systemErrorCode } from '../platform/systemErrorCode.js';

/** Codes that mean: nobody listens there, or whoever did died just now. */
const nobody: ReadonlySet<string> = new Set(['ECONNREFUSED', 'ENOENT', 'ENOTSOCK', 'ECONNRESET', 'EPIPE']);

/** Connects to a pipe or socket; undefined when nobody listens. */
export function connectSocket(address: string): Promise<Socket | undefined> {
  return new Promise((resolve, reject) => {
    const socket = createConnection(address);
    const failed = (caught: Error): void => {
      if (nobody.has(systemErrorCode(caught))) resolve(undefined);
      else reject(caught);
    };
    socket.once('error', failed);
    socket.once('connect', () => {
      socket.off('error', failed);
      resolve(socket);
    });
  });
}
