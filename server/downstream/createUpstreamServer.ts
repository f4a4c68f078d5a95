import { DEFAULT_LIMITS, type UpstreamServerOptions } from './UpstreamServerOptions.js';
import { createUpstreamHandler } from './createUpstreamHandler.js';
import { openPort } from './port/Port.js';
import type { ListenAddress, Listener } from './port/PortOptions.js';

/** The MS-WSUSSS server role over HTTP. */
export interface UpstreamServer {
  /** Port 0 takes a free one. Throws PortInUse. */
  listen(port: number, host?: string): Promise<ListenAddress>;
  /** Undefined before `listen` and after `close`. */
  address(): ListenAddress | undefined;
  /** Lets answers in work finish for a few seconds, then ends open connections. */
  close(): Promise<void>;
}

/** Serves a catalogue to downstream servers. Listens on loopback unless another host is given. */
export function createUpstreamServer(options: UpstreamServerOptions): UpstreamServer {
  const handler = createUpstreamHandler(options);
  const { headersTimeoutMs, requestTimeoutMs, silenceMs } = { ...DEFAULT_LIMITS, ...options.limits };
  let listener: Listener | undefined;
  return {
    listen: async (port, host = '127.0.0.1') => {
      listener = await openPort({
        address: { host, port },
        handler,
        headersTimeoutMs,
        requestTimeoutMs,
        silenceMs,
        log: options.log,
        allowsHttp: true,
      });
      return listener.address;
    },
    address: () => listener?.address,
    close: async () => {
      const open = listener;
      listener = undefined;
      await open?.close();
    },
  };
}
