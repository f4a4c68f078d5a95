import type { Listener, RequestHandler } from '../../server/hierarchy/Listener.js';
import { openPort } from '../../server/hierarchy/openPort.js';
import type { PortOptions } from '../../server/hierarchy/port/PortOptions.js';
import type { Cleanup } from '../upstream/harness.js';

/** Opens ports of this machine with patient limits; the cleanup closes them. */
export function labPort(cleanup: Cleanup): (handler: RequestHandler, over?: Partial<PortOptions>) => Promise<Listener> {
  return async (handler, over = {}) => {
    const listener = await openPort({
      allowsHttp: true,
      address: { host: '127.0.0.1', port: 0 },
      handler,
      headersTimeoutMs: 20_000,
      requestTimeoutMs: 60_000,
      silenceMs: 60_000,
      ...over,
    });
    cleanup.add(async () => listener.close());
    return listener;
  };
}
