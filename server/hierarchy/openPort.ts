import { createServer } from 'node:net';
import type { KeyedCertificate } from '../downstream/port/TlsDoor.js';
import type { Listener } from './Listener.js';
import { listenOn } from './listenOn.js';
import { Port } from './port/Port.js';
import type { PortOptions } from './port/PortOptions.js';

/** An open port. */
export interface OpenPort extends Listener {
  /** Shows another certificate to whoever connects from now on. */
  renew(certificate: KeyedCertificate): void;
}

/**
 * Opens a port: the first byte tells TLS from plain HTTP, and both go to the same handler. @throws SyncError PortInUse
 */
export async function openPort(options: PortOptions): Promise<OpenPort> {
  const port = new Port(options);
  const outer = createServer({ pauseOnConnect: true }, (socket) => port.enter(socket));
  const address = await listenOn(outer, options.address);
  return {
    address,
    renew: (certificate) => port.renew(certificate),
    close: async () => {
      const closed = new Promise<void>((resolve) => outer.close(() => resolve()));
      await port.close();
      await closed;
    },
  };
}
