import { isIP } from 'node:net';
import { SyncError } from '../errors/SyncError.js';
import { type ListenPlan, LOOPBACK } from '../platform/ListenPlan.js';
import type { ListenAddress } from './Listener.js';

const HOST_NAME = /^[a-z\d]([a-z\d.-]{0,252}[a-z\d])?$/i;

/**
 * Where to listen. Others than this machine are served inside TLS; without encryption only when that was said, which
 * the port itself looks at.
 * @throws SyncError InvalidRequest
 */
export function checkListenPlan({ port, host = LOOPBACK, addressShare = 1 }: ListenPlan): ListenAddress {
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new SyncError('InvalidRequest', { method: 'serve', reason: 'a port is from 0 to 65535' });
  if (!Number.isInteger(addressShare) || addressShare < 1 || addressShare > 100)
    throw new SyncError('InvalidRequest', { method: 'serve', reason: 'the share of an address is from 1 to 100' });
  const bare = host.replace(/^\[(.*)\]$/, '$1');
  if (isIP(bare) === 0 && !HOST_NAME.test(bare))
    throw new SyncError('InvalidRequest', { method: 'serve', reason: `${host} is no address to listen on` });
  return { host: bare, port };
}
