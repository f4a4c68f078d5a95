import type { Server } from 'node:net';
import { reasonOf, SyncError } from '../errors/SyncError.js';
import type { ListenAddress } from './Listener.js';

/**
 * Connections that may wait until we take them. Beyond them the system drops what comes, and a client tries again after
 * a second only: a flood of others would make it wait for many seconds.
 */
const WAITING_CONNECTIONS = 4096;

/** Lets a server listen; port 0 takes a free one. @throws SyncError PortInUse */
export async function listenOn(server: Server, wanted: ListenAddress): Promise<ListenAddress> {
  return new Promise((resolve, reject) => {
    const fail = (caught: Error): void =>
      reject(new SyncError('PortInUse', { port: wanted.port, reason: reasonOf(caught) }, { cause: caught }));
    server.once('error', fail);
    server.listen({ ...wanted, backlog: WAITING_CONNECTIONS }, () => {
      server.removeListener('error', fail);
      const bound = server.address();
      resolve(bound === null || typeof bound === 'string' ? wanted : { host: bound.address, port: bound.port });
    });
  });
}
