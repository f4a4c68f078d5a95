import { isIP, type Server } from 'node:net';
import { reasonOf, SyncError } from '../../errors/SyncError.js';
import { type ListenPlan, LOOPBACK } from '../../platform/ListenPlan.js';
import type { ListenAddress } from './PortOptions.js';

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

/** The address of a listener as a URL. */
export function listenUrl({ host, port }: ListenAddress): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

const HOST_NAME = /^[a-z\d]([a-z\d.-]{0,252}[a-z\d])?$/i;

/**
 * Where to listen. Others than this machine are served inside TLS; without encryption only when that was said, which
 * the port itself looks at.
 * @throws SyncError InvalidRequest
 */
export function checkListenPlan({ port, host = LOOPBACK, addressShare = 1 }: ListenPlan): ListenAddress {
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new SyncError('InvalidRequest', {
      method: 'serve',
      reason: '-Port must be 0 to 65535',
      reasonCli: '--port must be 0 to 65535',
    });
  if (!Number.isInteger(addressShare) || addressShare < 1 || addressShare > 100)
    throw new SyncError('InvalidRequest', {
      method: 'serve',
      reason: '-AddressShare must be 1 to 100',
      reasonCli: '--address-share must be 1 to 100',
    });
  const bare = host.replace(/^\[(.*)\]$/, '$1');
  if (isIP(bare) === 0 && !HOST_NAME.test(bare))
    throw new SyncError('InvalidRequest', { method: 'serve', reason: `${host} is not an address to listen on` });
  return { host: bare, port };
}
