import { isIP } from 'node:net';
import { SyncError } from '../errors/SyncError.js';
import { type ListenPlan, LOOPBACK } from '../platform/ListenPlan.js';
import { isLoopbackHost } from '../upstream/isLoopbackHost.js';
import type { ListenAddress } from './openListener.js';

const HOST_NAME = /^[a-z\d]([a-z\d.-]{0,252}[a-z\d])?$/i;

/**
 * Where to listen. Others than this machine are served without encryption only when that was said.
 * @throws SyncError InvalidRequest, PlainHttpRefused
 */
export function checkListenPlan({ port, host = LOOPBACK, allowHttp }: ListenPlan): ListenAddress {
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new SyncError('InvalidRequest', { method: 'serve', reason: 'a port is from 0 to 65535' });
  const bare = host.replace(/^\[(.*)\]$/, '$1');
  if (isIP(bare) === 0 && !HOST_NAME.test(bare)) throw new SyncError('InvalidRequest', { method: 'serve', reason: `${host} is no address to listen on` });
  if (allowHttp !== true && !isLoopbackHost(isIP(bare) === 6 ? `[${bare}]` : bare)) throw new SyncError('PlainHttpRefused', { host: bare });
  return { host: bare, port };
}
