import { openPort } from '../../server/downstream/port/Port.js';
import type { Listener, PortOptions, RequestHandler } from '../../server/downstream/port/PortOptions.js';
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
