import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import type { RealSite } from '../process/RealSite.js';

/** Stands for the name that leads to all servers of a site: connections go to the one that is chosen. */
export class SwitchedPort {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #target: RealSite;

  private constructor(target: RealSite) {
    this.#target = target;
    this.#server = createServer((client) => {
      const server = connect(Number(new URL(this.#target.heartbeat.address).port), '127.0.0.1');
      this.#join(client, server);
      this.#join(server, client);
    });
  }

  static async to(target: RealSite): Promise<SwitchedPort> {
    const port = new SwitchedPort(target);
    port.#server.listen(0, '127.0.0.1');
    await once(port.#server, 'listening');
    return port;
  }

  get address(): string {
    return `https://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Leads to another server from now on; what is open ends. */
  switch(target: RealSite): void {
    this.#target = target;
    for (const socket of this.#sockets) socket.destroy();
  }

  async close(): Promise<void> {
    this.switch(this.#target);
    this.#server.close();
    await once(this.#server, 'close');
  }

  #join(from: Socket, to: Socket): void {
    this.#sockets.add(from);
    from.on('error', () => undefined);
    from.on('close', () => {
      this.#sockets.delete(from);
      to.destroy();
    });
    from.pipe(to);
  }
}
